using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Searching;

/// <summary>A site with a ferry and many boats, crawled once for all that search it.</summary>
public sealed class CrawledBoats : IAsyncLifetime
{
    internal Installation Installation { get; } = new();

    internal TestSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        Site.Html("/robots.txt", "User-agent: *\nDisallow: /internal");
        Site.Page("/", "Lower Brook", "<p>A town on the river, with a mill and a market.</p><p><a href=\"/ferry\">Ferry</a> <a href=\"/internal\">Internal</a> <a href=\"/lost\">Lost</a></p>" + string.Concat(Enumerable.Range(1, 12).Select(n => $"<p><a href=\"/boat/{n}\">Boat {n}</a></p>")));
        Site.Page("/ferry", "The ferry", "<p>The ferry over the river leaves at noon and at six, from the old pier.</p>");
        for (var n = 1; n <= 12; n++)
            Site.Page($"/boat/{n}", $"Boat {n}", $"<p>Boat number {n} is painted in colour {n * 7} and carries {n + 2} people with their luggage over the lake.</p>");
        await Installation.CrawlAsync(Site.Url("/"));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Installation.Dispose();
    }
}
