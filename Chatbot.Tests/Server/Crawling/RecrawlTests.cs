using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class RecrawlTests : IAsyncLifetime
{
    private const int Pages = 60;

    private readonly Installation installation = new();
    private TestSite site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await TestSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        installation.Dispose();
    }

    [Fact]
    public async Task Only_what_changed_on_the_site_changes_in_the_index_and_answers_follow()
    {
        Town.Put(site, Pages);
        var first = await installation.CrawlAsync(site.Url("/"));
        Assert.Equal((Pages + 1, Pages + 1, 0), (first.GetProperty("new").GetInt32(), first.GetProperty("documents").GetInt32(), first.GetProperty("failed").GetInt32()));
        var (documents, chunks) = (installation.Documents(), installation.Chunks());
        Assert.Equal(Pages + 1, documents.Count);
        Assert.True(chunks.Count > 2 * Pages, $"{chunks.Count} chunks");

        var second = await installation.CrawlAsync(site.Url("/"));

        Assert.Equal((0, 0, Pages + 1), (second.GetProperty("new").GetInt32(), second.GetProperty("changed").GetInt32(), second.GetProperty("unchanged").GetInt32()));
        Assert.Equal(documents, installation.Documents());
        Assert.Equal(chunks, installation.Chunks());

        const int Edited = 17, Deleted = 55, Added = 70;
        Town.PutPage(site, Edited, "4711 crowns", [Added]);
        site.Remove(Town.Path(Deleted));
        Town.PutPage(site, Added, "815 crowns", []);
        var third = await installation.CrawlAsync(site.Url("/"));

        Assert.Equal(
            (1, 1, 1, Pages - 1),
            (third.GetProperty("new").GetInt32(), third.GetProperty("changed").GetInt32(), third.GetProperty("gone").GetInt32(), third.GetProperty("unchanged").GetInt32()));
        string[] touched = [Town.Path(Edited), Town.Path(Deleted), Town.Path(Added)];
        var (now, nowChunks) = (installation.Documents(), installation.Chunks());
        Assert.Equal(documents.Where(d => !touched.Contains(d.Path)), now.Where(d => !touched.Contains(d.Path)));
        Assert.Equal(chunks.Where(c => !touched.Contains(c.Path)), nowChunks.Where(c => !touched.Contains(c.Path)));
        // Pages that came before it was known what all pages share were indexed twice.
        var edited = documents.Single(d => d.Path == Town.Path(Edited)).Version + 1;
        Assert.Equal([(Town.Path(Edited), edited, edited), (Town.Path(Added), 1, 1)], now.Where(d => touched.Contains(d.Path)).Select(d => (d.Path, d.Version, d.IndexedVersion)));
        Assert.Equal(Pages + 1, third.GetProperty("documents").GetInt32());

        await AnswersFollowAsync(Edited, Deleted, Added);
    }

    private async Task AnswersFollowAsync(int edited, int deleted, int added)
    {
        string Question(int page) => $"What is the fee in {Town.Word(page)}?";
        const string Unanswered = "Which planets have astronauts paid a fee for?";
        var questions = string.Join('\n', Question(edited), Question(added), Question(deleted), Unanswered);
        var found = (await installation.RunWithInputAsync(questions, "search", "--json", "--top", "1")).Json;
        Assert.Equal([site.Url(Town.Path(edited)), site.Url(Town.Path(added))], found.Take(2).Select(line => line.GetProperty("url").GetString()!));
        Assert.All(found, line => Assert.NotEqual(site.Url(Town.Path(deleted)), line.GetProperty("url").GetString()));

        var asked = await installation.RunWithInputAsync(questions, "ask", "--json");
        Assert.Equal(0, asked.ExitCode);
        Assert.Equal([Question(edited), Question(added), Question(deleted), Unanswered], asked.Json.Select(line => line.GetProperty("question").GetString()!));
        Assert.Contains("4711", asked.Json[0].GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains("815", asked.Json[1].GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{deleted * 7} crowns", asked.Json[2].GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.True(asked.Json[3].GetProperty("refused").GetBoolean());
        Assert.NotEmpty(asked.Json[3].GetProperty("topics").EnumerateArray());
        Assert.StartsWith(site.Url(Town.Path(edited)), asked.Json[0].GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }
}
