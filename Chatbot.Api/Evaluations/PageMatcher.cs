using System.Globalization;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Sites;
using Chatbot.Core.Documents;

namespace Chatbot.Api.Evaluations;

/// <summary>Tells whether a URL is one of the expected pages, which may be paths below the root of a site. Immutable.</summary>
/// <param name="roots">What paths are below, as URLs that end with a slash.</param>
public sealed class PageMatcher(IReadOnlyList<string> roots)
{
    /// <summary>The roots of a knowledge base's sites: the folders of their start URLs.</summary>
    public static async Task<PageMatcher> OfAsync(SiteStore sites, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sites);
        var starts = (await sites.ListAsync(knowledgeBaseId, cancellationToken)).SelectMany(site => site.Scope.StartUrls);
        return new PageMatcher([.. starts.Select(start => Uri.TryCreate(start, UriKind.Absolute, out var url) ? new Uri(url, ".").AbsoluteUri : null).OfType<string>().Distinct()]);
    }

    /// <summary>What counts as one page: the URL without fragment, of a PDF the page within it.</summary>
    public static string KeyOf(string url, int page)
    {
        ArgumentNullException.ThrowIfNull(url);
        return page > 0 ? $"{url.Split('#')[0]}#page={page.ToString(CultureInfo.InvariantCulture)}" : url.Split('#')[0];
    }

    /// <param name="page">Within a PDF, from 1; 0 when it is not known, and then taken from the URL's fragment.</param>
    public bool IsExpected(GoldenQuestion question, string url, int page)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(url);
        var (address, fragment) = Split(url);
        if (page == 0) page = PageOf(fragment);
        return question.ExpectedPages.Any(expected => IsSame(expected, address, page));
    }

    /// <returns>The URLs that an expected page may have; none for a path where there is no site.</returns>
    public IEnumerable<string> UrlsOf(string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Uri.TryCreate(expected, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"
            ? [expected]
            : roots.Select(root => Uri.TryCreate(new Uri(root), expected, out var url) ? url.AbsoluteUri : null).OfType<string>();
    }

    private bool IsSame(string expected, string address, int page)
    {
        var (wanted, fragment) = Split(expected);
        if (PageOf(fragment) is > 0 and var wantedPage && wantedPage != page) return false;
        // A query counts only where it was written: one that merely tracks visitors says nothing about the page.
        if (!wanted.Contains('?', StringComparison.Ordinal)) address = address.Split('?')[0];
        return wanted == address
            || UploadAddress.NameOf(address) == wanted
            || UrlsOf(wanted).Contains(address, StringComparer.Ordinal);
    }

    private static (string Address, string Fragment) Split(string url) => url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (url[..at], url[(at + 1)..]) : (url, "");

    private static int PageOf(string fragment) =>
        fragment.StartsWith("page=", StringComparison.Ordinal) && int.TryParse(fragment.AsSpan(5).ToString().Split('&', ':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 0;
}
