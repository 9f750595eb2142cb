using Chatbot.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class KilledVectorsTests
{
    private const int Pages = 30, Kills = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vectors_whose_making_is_killed_again_and_again_are_the_same_as_those_of_an_undisturbed_one()
    {
        await using var site = await TestSite.StartAsync();
        Town.Put(site, Pages);
        using var undisturbed = new Installation();
        await undisturbed.CrawlAsync(site.Url("/"), "--wait-vectors");
        using var disturbed = new Installation();
        await disturbed.CrawlAsync(site.Url("/"));
        Assert.Equal(0, disturbed.Count("SELECT COUNT(*) FROM embeddings"));
        var all = disturbed.Count("SELECT COUNT(*) FROM pending_vectors");
        var chance = new Random(20261121);
        var reached = new List<long>();

        for (var kill = 1; kill <= Kills; kill++)
        {
            // Each kill some vectors later than the one before, so that no machine is too fast to be killed midway.
            var enough = reached.LastOrDefault() + chance.NextInt64(1, Math.Max(2, all / (Kills + 1)));
            await using var crawl = disturbed.Start("crawl", site.Url("/"), "--allow-private", "--wait-vectors");
            while (disturbed.Count("SELECT COUNT(*) FROM embeddings") < enough && !crawl.HasExited)
                await Task.Delay(5, Token);
            await Task.Delay(chance.Next(50), Token);
            await crawl.KillAsync();
            reached.Add(disturbed.Count("SELECT COUNT(*) FROM embeddings"));
        }

        await disturbed.CrawlAsync(site.Url("/"), "--wait-vectors");

        Assert.Equal(reached.Order(), reached);
        Assert.InRange(reached[0], 1, all - 1);
        Assert.Equal(Vectors(undisturbed), Vectors(disturbed));
        Assert.Equal(0, disturbed.Count("SELECT COUNT(*) FROM pending_vectors"));
        var questions = string.Join('\n', Enumerable.Range(1, Pages / 10).Select(page => $"what does {Town.Word(page)} cost"));
        Assert.Equal(await FindAsync(undisturbed, questions), await FindAsync(disturbed, questions));
    }

    private static async Task<IReadOnlyList<string?>> FindAsync(Installation installation, string questions)
    {
        var found = await installation.RunWithInputAsync(questions, "search", "--json", "--top", "3");
        return [.. found.Json.Select(line => line.GetProperty("url").GetString())];
    }

    private static List<string> Vectors(Installation installation)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(installation.Directory, "chatbot.db")};Pooling=False;Default Timeout=60");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT text_hash || hex(vector) FROM embeddings ORDER BY text_hash";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
