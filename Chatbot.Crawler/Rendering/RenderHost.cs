using Microsoft.Extensions.Logging.Console;

namespace Chatbot.Crawler.Rendering;

/// <summary>The crawler's program where it only renders for another one: pages come by standard input and go by standard output.</summary>
internal static class RenderHost
{
    public static async Task RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddProcessDefaults();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddCrawlerOptions();
        builder.Services.AddRendering();
        using var host = builder.Build();
        await host.StartAsync();
        using var wire = new RenderWire(Console.OpenStandardInput(), Console.OpenStandardOutput());
        await new RenderServer(host.Services.GetRequiredService<IPageRenderer>(), wire).RunAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await host.StopAsync();
    }
}
