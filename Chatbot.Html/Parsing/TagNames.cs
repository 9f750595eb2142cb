using System.Collections.Frozen;

namespace Chatbot.Html;

/// <summary>Groups of element names, as the tree construction of the HTML standard has them.</summary>
internal static class TagNames
{
    /// <summary>Without content.</summary>
    public static readonly FrozenSet<string> Void = Set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr");

    /// <summary>Closed by their own next start tag: they add no depth by themselves.</summary>
    public static readonly FrozenSet<string> NeverNest = Set(
        "html head body p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption rp rt rb rtc",
        "script style textarea title xmp iframe noembed noframes plaintext");

    public static readonly FrozenSet<string> Formatting = Set("b big code em font i nobr s small strike strong tt u");

    /// <summary>End tags of these close only themselves; what they hold stays open.</summary>
    public static readonly FrozenSet<string> ClosedAlone = Set("a b big code em font i nobr s small strike strong tt u");

    /// <summary>End tags look no further out than these.</summary>
    public static readonly FrozenSet<string> Barriers = Set("table template marquee object applet svg math");

    public static readonly FrozenSet<string> RawText = Set("script style textarea title xmp iframe noembed noframes");

    private static FrozenSet<string> Set(params string[] lines) =>
        lines.SelectMany(line => line.Split(' ')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
