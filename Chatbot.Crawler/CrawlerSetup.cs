using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Crawler.Access;
using Chatbot.Crawler.ErrorPages;
using Chatbot.Crawler.Fetching;
using Chatbot.Crawler.Frontier;
using Chatbot.Crawler.Politeness;
using Chatbot.Crawler.Previews;
using Chatbot.Crawler.Rendering;
using Chatbot.Crawler.Robots;
using Chatbot.Crawler.Runs;
using Chatbot.Crawler.Schedules;
using Chatbot.Crawler.Sitemaps;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler;

/// <summary>The door of this project: whoever opened it works on crawls. Needs the backends.</summary>
public static class CrawlerSetup
{
    public static void AddCrawler(this IHostApplicationBuilder builder)
    {
        builder.AddSitePreview();
        builder.Services.AddHostedService<CrawlWorker>();
        builder.Services.AddSingleton<CrawlScheduler>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CrawlScheduler>());
    }

    /// <summary>The preview alone (<see cref="Core.Crawling.ISitePreview"/>): this process works on no runs.</summary>
    public static void AddSitePreview(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddCrawlerOptions();
        services.AddSingleton<HttpClients>();
        services.AddSingleton<HttpPageFetcher>();
        services.AddSingleton<SiteSessions>();
        services.AddRendering();
        services.AddSingleton<RobotsFetcher>();
        services.AddSingleton<RobotsCache>();
        services.AddSingleton<HostTurns>();
        services.AddSingleton<HostGates>();
        services.AddSingleton(provider => new AwayHosts(provider.GetRequiredService<HostGates>()));
        services.AddRunParts();
        services.AddSingleton<AccessTester>();
        services.AddSingleton<ScopeExplainer>();
        services.AddSingleton<FetchMemories>();
        services.AddSingleton<ISitePreview, SitePreview>();
    }

    internal static void AddCrawlerOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CrawlerOptions>().BindConfiguration("Crawler");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CrawlerOptions>, CrawlerOptionsValidator>());
    }

    /// <summary>What a run is made of: all that stands on a database, and decides.</summary>
    internal static void AddRunParts(this IServiceCollection services)
    {
        services.AddPageRendering();
        services.AddSingleton<FrontierStore>();
        services.AddSingleton<LinkSorter>();
        services.AddSingleton<SoftNotFound>();
        services.TryAddSingleton<SiteImageStore>();
        services.AddSingleton<PagePictures>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<PageVisitor>();
        services.AddSingleton<OutcomeRecorder>();
        services.AddSingleton<FeedStore>();
        services.AddSingleton<SitemapFetcher>();
        services.AddSingleton<SitemapDiscovery>();
        services.AddSingleton<Announcer>();
        services.AddSingleton<RunEnding>();
        services.AddSingleton<RunWorker>();
    }
}
