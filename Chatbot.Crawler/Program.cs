using Chatbot.Backends;
using Chatbot.Crawler;
using Chatbot.Crawler.Rendering;

#if !WITHOUT_BROWSER
if (args is [ChildRenderer.Argument, .. var rest])
{
    await RenderHost.RunAsync(rest);
    return;
}
#endif

using var host = CrawlerHost.Create(args);
await host.InitializeBackendsAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
await host.RunAsync();
