using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class SiteFrameTests : IAsyncLifetime
{
    private const int Pages = 20;
    private const string FactsPath = "site-facts";

    private readonly Installation installation = new();
    private TestSite site = null!;

    public async ValueTask InitializeAsync() => site = await TestSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        installation.Dispose();
    }

    [Fact]
    public async Task What_stands_on_all_pages_is_kept_once_and_renewed_when_it_changes()
    {
        Put("+49 30 5550 100", "Our summer school is open to everyone: come and look at the workshops in August.");

        await installation.CrawlAsync(site.Url("/"));

        var chunks = installation.Chunks();
        Assert.Equal(Pages, chunks.Count(c => c.Text.Contains("has its own story", StringComparison.Ordinal)));
        Assert.DoesNotContain(chunks, c => c.Text.Contains("Courts and Gardens", StringComparison.Ordinal));
        Assert.Single(chunks, c => c.Text.Contains("summer school", StringComparison.Ordinal));
        var facts = Assert.Single(chunks, c => c.Text.Contains("5550 100", StringComparison.Ordinal));
        Assert.Contains("Monday to Friday, 9:00 to 17:00", facts.Text, StringComparison.Ordinal);
        Assert.Equal("/", facts.Path);
        var found = await installation.RunAsync("search", "contact by phone", "--json", "--top", "1");
        Assert.Contains("5550 100", found.Object.GetProperty("text").GetString(), StringComparison.Ordinal);

        Put("+49 30 5550 200", "Our winter school is open to everyone: come and look at the workshops in January.");
        await installation.CrawlAsync(site.Url("/"));

        chunks = installation.Chunks();
        Assert.Single(chunks, c => c.Text.Contains("5550 200", StringComparison.Ordinal));
        Assert.Single(chunks, c => c.Text.Contains("winter school", StringComparison.Ordinal));
        Assert.DoesNotContain(chunks, c => c.Text.Contains("summer school", StringComparison.Ordinal) || c.Text.Contains("5550 100", StringComparison.Ordinal));
        Assert.Equal(0, installation.Count("SELECT COUNT(*) FROM documents WHERE status <> 'indexed'"));
        Assert.Equal(Pages + 2, installation.Count("SELECT COUNT(*) FROM documents"));
        Assert.Equal(1, installation.Count($"SELECT COUNT(*) FROM documents WHERE url LIKE 'urn:{FactsPath}:%'"));
    }

    [Fact]
    public async Task A_footer_that_changes_alone_renews_the_facts_and_no_page()
    {
        Put("+49 30 5550 100", "Come and look at the workshops of our summer school, which is open to everyone.");
        await installation.CrawlAsync(site.Url("/"));
        var before = installation.Documents();

        Put("+49 30 5550 300", "Come and look at the workshops of our summer school, which is open to everyone.");
        var second = await installation.CrawlAsync(site.Url("/"));

        Assert.Equal(0, second.GetProperty("changed").GetInt32());
        Assert.Single(installation.Chunks(), c => c.Text.Contains("5550 300", StringComparison.Ordinal));
        Assert.Equal(before.Where(d => !d.Path.Contains(FactsPath, StringComparison.Ordinal)), installation.Documents().Where(d => !d.Path.Contains(FactsPath, StringComparison.Ordinal)));
    }

    // Menu and banner in plain elements: nothing but their repetition tells what they are.
    private void Put(string phone, string banner)
    {
        const string Menu = "<div><p>Home</p><p>Courts and Gardens</p><p>Visiting the castle</p><p>Rooms to rent</p></div>";
        var footer = $"<footer><h3>Contact</h3><p>Phone: {phone}</p><p>Monday to Friday, 9:00 to 17:00</p><p>© Castle</p></footer>";
        site.Html("/", Frame("Castle", "<p>The castle stands above the river, and whoever comes by train sees it first.</p>" + string.Concat(Enumerable.Range(1, Pages).Select(i => $"<p><a href=/room/{i}>Room {i}</a></p>"))));
        for (var i = 1; i <= Pages; i++) site.Html($"/room/{i}", Frame($"Room {i}", $"<p>Room {i} has its own story, told by guide number {i * 37}, about {i * 11} years of use.</p>"));

        string Frame(string title, string body) =>
            $"<!doctype html><html lang=en><head><title>{title}</title></head><body>{Menu}<h1>{title}</h1>{body}<div><p>{banner}</p></div>{footer}</body></html>";
    }
}
