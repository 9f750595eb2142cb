using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Benchmarks.Sites;

/// <summary>Compares pages and phrases as the question sets define it.</summary>
internal static partial class SiteScorer
{
    /// <summary>Place, from 1, of the first expected page among the distinct pages in order; 0 when none is.</summary>
    public static int PageRank(SiteQuestion question, IEnumerable<string> urls, string root)
    {
        var rank = 0;
        foreach (var page in urls.Select(url => Relative(url, root)).Distinct(StringComparer.Ordinal))
        {
            rank++;
            if (question.ExpectedPages.Contains(page)) return rank;
        }

        return 0;
    }

    /// <summary>Place, from 1, of the first text that holds an expected phrase; 0 when none does.</summary>
    public static int PhraseRank(SiteQuestion question, IEnumerable<string> texts)
    {
        var phrases = question.ExpectedPhrases.Select(Fold).ToList();
        var rank = 0;
        foreach (var text in texts.Select(Fold))
        {
            rank++;
            if (phrases.Any(p => text.Contains(p, StringComparison.Ordinal))) return rank;
        }

        return 0;
    }

    /// <summary>A URL without the root, query and fragment.</summary>
    public static string Relative(string url, string root)
    {
        var end = url.IndexOfAny(['?', '#']);
        var page = end < 0 ? url : url[..end];
        return page.StartsWith(root, StringComparison.Ordinal) ? page[root.Length..].TrimStart('/') : page;
    }

    private static string Fold(string text) => Blanks().Replace(Invisible().Replace(text.Normalize(NormalizationForm.FormKC), ""), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("[\u200B-\u200D\u2060\uFEFF\u00AD]")]
    private static partial Regex Invisible();
}
