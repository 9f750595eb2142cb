namespace Chatbot.Crawler.Rendering;

internal static class RenderingSetup
{
    /// <summary>The browser by itself: pages in, pages out.</summary>
    public static void AddRendering(this IServiceCollection services)
    {
        services.AddSingleton<BrowserHost>();
        services.AddSingleton<PageRenderer>();
    }

    /// <summary>The browser as part of a crawl; needs the browser.</summary>
    public static void AddPageRendering(this IServiceCollection services)
    {
        services.AddSingleton<RenderPatternStore>();
        services.AddSingleton<RenderMemory>();
        services.AddSingleton<PageRendering>();
    }
}
