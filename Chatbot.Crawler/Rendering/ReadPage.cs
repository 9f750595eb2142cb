using Chatbot.Html;

namespace Chatbot.Crawler.Rendering;

/// <summary>A page as it is to be read: as fetched, or as rendered.</summary>
internal abstract record ReadPage
{
    private ReadPage()
    {
    }

    /// <param name="Body">The bytes that are kept of it.</param>
    /// <param name="IsRendered">Null when nobody could judge whether it should be.</param>
    /// <param name="Note">For the report: what was decided, and why. Null when there was nothing to decide.</param>
    internal sealed record Page(HtmlPage Html, ReadOnlyMemory<byte> Body, bool? IsRendered, string? Note) : ReadPage;

    /// <summary>A script of the page leads elsewhere.</summary>
    internal sealed record Redirect(string Location) : ReadPage;

    /// <summary>Its text comes by scripts, and these could not be run.</summary>
    /// <param name="Reason">One of <see cref="PageReasons"/>.</param>
    internal sealed record Failed(string Reason, string Detail) : ReadPage;
}
