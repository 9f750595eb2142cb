using Chatbot.Backends;
using Microsoft.Extensions.Configuration.Memory;

namespace Chatbot.Crawler;

/// <summary>
/// The crawler's own process. It has a web server, for <c>/health</c>, <c>/alive</c> and <c>/metrics</c>, where an address
/// for one is configured; nobody else calls it, and a web server is a fifth of its memory.
/// </summary>
internal static class CrawlerHost
{
    // All the ways to tell ASP.NET where to listen.
    private static readonly string[] s_addresses = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    // Its statements are short, and what they touch is touched again soon: 4 MB for each connection made no crawl faster.
    private static readonly Dictionary<string, string?> s_defaults = new() { ["Data:CacheMegabytes"] = "1" };

    public static IHost Create(string[] args) => HasAddress(args) ? CreateServer(args) : CreateWorker(args);

    private static bool HasAddress(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args).Build();
        return Array.Exists(s_addresses, a => configuration.GetSection(a) is var section && section.Exists() && section.Value is not "");
    }

    private static WebApplication CreateServer(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        AddDefaults(builder);
        builder.AddServiceDefaults();
        builder.AddStores();
        builder.AddCrawler();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        return app;
    }

    private static IHost CreateWorker(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        AddDefaults(builder);
        builder.AddProcessDefaults();
        builder.AddStores();
        builder.AddCrawler();
        return builder.Build();
    }

    private static void AddDefaults(IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_defaults });
}
