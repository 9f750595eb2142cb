using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Searching;

/// <summary>A site in two languages, crawled once for all that search it.</summary>
public sealed class CrawledFerries : IAsyncLifetime
{
    internal Installation Installation { get; } = new();

    internal TestSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        Site.Page("/", "Lower Brook", "<p>A town on the river.</p><p><a href=\"/en/ferry\">Ferry</a> <a href=\"/de/ferry\">Fähre</a> <a href=\"/en/pool\">Pool</a></p>");
        Site.Page("/en/ferry", "The ferry", "<p>The ferry over the river leaves at noon, and the ticket for the ferry costs two crowns for everybody who lives here.</p>");
        Site.Page("/en/pool", "The pool", "<p>The pool is beside the ferry and opens in May, when the water of the river is warm enough for everybody.</p>");
        Site.Html("/de/ferry", "<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Die Fähre</title></head><body><main><h1>Die Fähre</h1><p>Die Fähre über den Fluss fährt um zwölf Uhr ab, und die Karte für die Ferry-Linie kostet zwei Kronen für alle, die hier wohnen.</p></main></body></html>");
        await Installation.CrawlAsync(Site.Url("/"));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Installation.Dispose();
    }
}
