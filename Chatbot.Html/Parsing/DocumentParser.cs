using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Chatbot.Html;

/// <summary>Makes a tree of a page, within bounds that no input can break.</summary>
internal static class DocumentParser
{
    /// <summary>Characters of a page that are read; the rest is cut off.</summary>
    public const int MaxCharacters = 24 * 1024 * 1024;

    public static IHtmlDocument Parse(string text, CancellationToken cancellationToken)
    {
        if (text.Length > MaxCharacters) text = text[..MaxCharacters];
        var bounded = new MarkupGuard(text).Apply(cancellationToken);
        var options = new HtmlParserOptions
        {
            IsScripting = false,
            // The guard counts roughly; this makes it exact.
            MaximumDepth = MarkupGuard.MaxDepth,
            SkipComments = true,
            SkipProcessingInstructions = true,
            DisableElementPositionTracking = true,
        };
        return new HtmlParser(options).ParseDocument(bounded);
    }
}
