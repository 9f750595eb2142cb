using System.Text.RegularExpressions;

namespace Chatbot.Crawler.Urls;

/// <summary>One include or exclude pattern: a glob over the whole URL, or a regular expression between slashes.</summary>
internal sealed class UrlPattern
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(100);
    private readonly Regex _regex;

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public UrlPattern(string text)
    {
        Text = text;
        _regex = text.Length > 2 && text[0] == '/' && text[^1] == '/'
            ? FromRegex(text[1..^1])
            : new Regex("^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    public string Text { get; }

    /// <summary>A pattern that takes too long over a URL does not match it.</summary>
    public bool Matches(string url)
    {
        try
        {
            return _regex.IsMatch(url);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex FromRegex(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references need the engine that can run away; the time-out holds it.
            return new Regex(pattern, RegexOptions.CultureInvariant, s_timeout);
        }
    }
}
