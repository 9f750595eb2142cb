namespace Chatbot.Crawler.Rendering;

/// <summary>What came of rendering a page.</summary>
internal abstract record RenderResult
{
    private RenderResult()
    {
    }

    /// <summary>The page as a visitor can read it.</summary>
    /// <param name="Html">A whole document in UTF-8, shadow trees flattened, what is never shown left out.</param>
    /// <param name="IsSettled">False when it had not come to rest within its time.</param>
    internal sealed record Rendered(ReadOnlyMemory<byte> Html, bool IsSettled) : RenderResult;

    /// <summary>A script of the page led elsewhere before there was anything to read.</summary>
    /// <param name="Location">Absolute, http or https.</param>
    internal sealed record Redirected(string Location) : RenderResult;

    /// <summary>It could not be rendered; trying again later may help.</summary>
    internal sealed record Failed(string Detail) : RenderResult;

    /// <summary>There is no browser that could.</summary>
    internal sealed record NoBrowser(string Detail) : RenderResult;
}
