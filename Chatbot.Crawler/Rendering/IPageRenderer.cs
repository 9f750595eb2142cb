namespace Chatbot.Crawler.Rendering;

/// <summary>Renders pages as a visitor's browser would. Never throws for what a page does. Safe for concurrent use.</summary>
internal interface IPageRenderer
{
    Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken);
}
