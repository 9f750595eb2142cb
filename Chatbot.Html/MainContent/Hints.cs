using System.Collections.Frozen;

namespace Chatbot.Html;

/// <summary>Reads element names, roles, classes and ids.</summary>
internal static class Hints
{
    private static readonly FrozenSet<string> ChromeWords = Set(
        "nav navbar navi navigation navheader navfooter sidenav subnav topnav mainnav sitenav menu menus menubar mainmenu submenu megamenu",
        "breadcrumb breadcrumbs crumb crumbs skip skiplink skiplinks skipnav pagination pager paging",
        "cookie cookies cookiebar cookiebanner cookieconsent consent gdpr ccpa onetrust",
        "share shares sharing sharebar sharebox sharedaddy sharethis addthis addtoany social socials socialmedia socialbar sociallinks",
        "masthead offcanvas hamburger dropdown popup popover modal lightbox login signin searchbox searchform langswitch",
        "toolbar toolbox printonly noprint footer colophon sitefooter pagefooter globalfooter");

    private static readonly FrozenSet<string> ExtraWords = Set(
        "related recommended recommendation recommendations recirc recirculation readnext upnext morelike",
        "comments commentlist commentform disqus respond replies",
        "newsletter newsletters subscribe subscription signup optin mailchimp paywall",
        "outbrain taboola zergnet revcontent plista promo promos promotion promobox advert advertisement advertising ads ad adsense adslot dfp sponsor sponsored",
        "sidebar aside rail jetpack jp");

    private static readonly FrozenSet<string> DetailWords = Set(
        "byline author authors authorbox authorbio bio dateline timestamp postmeta metadata credit credits",
        "tags tag tagcloud taglist hashtags keywords topics widget widgets comment reply discussion",
        "trending popular mostread mostpopular teaser teasers readmore seealso",
        "rating ratings vote votes print copyright disclaimer donate donation");

    // Parts of words that stand for nothing else, wherever they are glued to others.
    private static readonly string[] ExtraParts =
        ["related", "comment", "newsletter", "recommend", "sponsor", "advert", "promo", "sidebar", "taboola", "outbrain", "disqus", "subscri", "mostread"];

    private static readonly string[] ChromeParts = ["breadcrumb", "cookie", "socialshare", "sharebutton", "navbar", "navigation", "pagination"];

    private static readonly FrozenSet<string> ContentWords = Set(
        "article articlebody articlecontent articletext story storybody storycontent entry entrycontent post postbody postcontent hentry",
        "content contents maincontent body text main richtext prose copy blog");

    private static readonly FrozenSet<string> NoteWords = Set("note notes tip tips warning caution important hint info infobox callout admonition notice alert");

    public static Hint Of(Node node)
    {
        if (node.Attribute("role") is { } role && OfRole(role) is { } byRole) return byRole;
        if (node.Name is "nav" or "menu") return Hint.Chrome;
        var names = Names(node);
        if (names.Count == 0) return node.Name == "aside" ? Hint.Extra : Hint.None;
        if (node.Name == "aside") return names.Overlaps(NoteWords) ? Hint.None : Hint.Extra;
        if (names.Overlaps(ChromeWords) || HasPart(names, ChromeParts)) return Hint.Chrome;
        if (names.Overlaps(ExtraWords) || HasPart(names, ExtraParts)) return Hint.Extra;
        if (names.Overlaps(DetailWords)) return Hint.Detail;
        return names.Overlaps(ContentWords) ? Hint.Content : Hint.None;
    }

    /// <summary>A cookie banner: it has more text than links.</summary>
    public static bool IsConsent(Node node) => Names(node).Any(n => n is "consent" or "gdpr" or "onetrust" || n.StartsWith("cookie", StringComparison.Ordinal));

    public static bool IsNote(Node node) => Names(node).Overlaps(NoteWords);

    private static Hint? OfRole(string role) => role.Trim().ToLowerInvariant() switch
    {
        "navigation" or "banner" or "contentinfo" or "search" or "menu" or "menubar" or "toolbar" or "dialog" or "alertdialog" or "tooltip" => Hint.Chrome,
        "complementary" => Hint.Extra,
        "main" or "article" => Hint.Content,
        _ => null,
    };

    private static bool HasPart(HashSet<string> names, string[] parts)
    {
        foreach (var name in names)
            foreach (var part in parts)
                if (name.Contains(part, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>The words of class and id in lower case: <c>articleBody</c> and <c>article-body</c> are two words, and one glued together.</summary>
    private static HashSet<string> Names(Node node)
    {
        var names = new HashSet<string>();
        AddWords(names, node.Attribute("class"));
        AddWords(names, node.Id);
        return names;
    }

    private static void AddWords(HashSet<string> names, string? attribute)
    {
        if (string.IsNullOrEmpty(attribute) || attribute.Length > 1_000) return;
        var start = 0;
        for (var i = 0; i <= attribute.Length; i++)
        {
            var ends = i == attribute.Length || !char.IsAsciiLetter(attribute[i]);
            var humps = !ends && i > start && char.IsAsciiLetterUpper(attribute[i]) && char.IsAsciiLetterLower(attribute[i - 1]);
            if (!ends && !humps) continue;
            if (i - start > 1) names.Add(attribute[start..i].ToLowerInvariant());
            start = humps ? i : i + 1;
        }
    }

    private static FrozenSet<string> Set(params string[] lines) => lines.SelectMany(line => line.Split(' ')).ToFrozenSet();
}
