namespace Chatbot.Crawler.Rendering;

internal static class RenderingSetup
{
    /// <summary>The browser by itself: pages in, pages out. Of a program compiled wholly ahead, in a process of its own.</summary>
    public static void AddRendering(this IServiceCollection services)
    {
#if WITHOUT_BROWSER
        services.AddSingleton<IPageRenderer, ChildRenderer>();
#else
        services.AddSingleton<BrowserHost>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<IPageRenderer>(provider => provider.GetRequiredService<PageRenderer>());
#endif
    }

    /// <summary>The browser as part of a crawl; needs the browser.</summary>
    public static void AddPageRendering(this IServiceCollection services)
    {
        services.AddSingleton<RenderPatternStore>();
        services.AddSingleton<RenderMemory>();
        services.AddSingleton<PageRendering>();
    }
}
