using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server;

public sealed class OtherCommandTests : IDisposable
{
    private static readonly string s_samples = Path.GetFullPath("../../samples/site", Path.GetDirectoryName(Here())!);

    private readonly Installation installation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Files_of_every_kind_are_read_and_those_that_cannot_be_are_named()
    {
        string[] files =
        [
            Path.Combine(s_samples, "en/waste-collection.html"),
            Path.Combine(s_samples, "dokumente/visitor-guide.pdf"),
            await WriteAsync("notes.md", "# Notes\n\nThe *ferry* leaves at noon.\n\n- bread\n- cheese\n"),
            await WriteAsync("plain.txt", "Die Fähre fährt um zwölf.\n\nÜberfahrten sind frei.\n"),
            await WriteAsync("broken.pdf", "%PDF-1.4 made up"),
            Path.Combine(installation.Directory, "missing.html"),
            await WriteAsync("image.png", "\u0089PNG"),
        ];

        var result = await installation.RunAsync(["extract", "--json", .. files]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(files, result.Json.Select(line => line.GetProperty("file").GetString()!));
        Assert.All(result.Json.Take(4), line => Assert.NotEmpty(line.GetProperty("text").GetString()!));
        Assert.All(result.Json.Take(4), line => Assert.Null(line.GetProperty("error").GetString()));
        Assert.Equal("en", result.Json[0].GetProperty("language").GetString());
        Assert.True(result.Json[1].GetProperty("pages").GetInt32() > 0);
        Assert.Contains("ferry", result.Json[2].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Fähre", result.Json[3].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(result.Json.Skip(4), line => Assert.NotEmpty(line.GetProperty("error").GetString()!));
        Assert.Contains("damaged", result.Json[4].GetProperty("error").GetString(), StringComparison.Ordinal);

        var told = await installation.RunAsync(["extract", .. files]);

        Assert.Equal(1, told.ExitCode);
        Assert.All(files.Skip(4), file => Assert.Contains(file, told.Error, StringComparison.Ordinal));
        Assert.StartsWith("# ", told.Output, StringComparison.Ordinal);
        Assert.Contains("Überfahrten sind frei.", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robots_file_is_asked_about_urls()
    {
        var robots = await WriteAsync("robots.txt", "User-agent: *\nDisallow: /internal/\nAllow: /internal/open\n");
        string[] urls = ["https://www.example.org/", "https://www.example.org/internal/plan", "https://www.example.org/internal/open"];

        var result = await installation.RunAsync(["robots", "--file", robots, "--json", .. urls]);
        var missing = await installation.RunAsync("robots", "--file", Path.Combine(installation.Directory, "none.txt"), urls[0]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([true, false, true], result.Json.Select(line => line.GetProperty("allowed").GetBoolean()));
        Assert.Contains("/internal/", result.Json[1].GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("none.txt", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_is_made_once()
    {
        var first = await installation.RunAsync("createsuperuser", "--generate", "--if-none");
        var second = await installation.RunAsync("createsuperuser", "--generate", "--if-none");
        var taken = await installation.RunWithInputAsync("a long enough password\n", "createsuperuser");
        var @short = await installation.RunWithInputAsync("short\n", "createsuperuser", "--name", "eva");
        var other = await installation.RunWithInputAsync("a long enough password\n", "createsuperuser", "--name", "eva");

        Assert.Equal(0, first.ExitCode);
        Assert.Matches(new Regex("^Administrator 'admin' with the password [A-Za-z2-9]{20} "), first.Output);
        Assert.Equal((0, ""), (second.ExitCode, second.Output));
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("'admin' already", taken.Error, StringComparison.Ordinal);
        Assert.Equal(1, @short.ExitCode);
        Assert.Contains("at least 10", @short.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (other.ExitCode, other.Error));
        Assert.Equal(2, installation.Count("SELECT COUNT(*) FROM users"));
    }

    [Fact]
    public async Task A_corpus_is_searched_and_the_run_is_written()
    {
        var corpus = await WriteAsync("corpus.jsonl", """
            {"id":"p1","title":"Ferry","text":"The ferry over the river leaves at noon."}
            {"id":"p2","title":"Market","text":"Bread and cheese are sold on the market."}
            {"id":"p3","text":"The lighthouse can be climbed in summer."}

            """);
        var queries = await WriteAsync("queries.jsonl", """
            {"id":"q1","text":"Where is cheese sold?"}
            {"id":"q2","text":"When can I climb the lighthouse?"}
            """);
        var run = Path.Combine(installation.Directory, "run.tsv");

        var result = await installation.RunAsync("eval", "retrieval", "--corpus", corpus, "--queries", queries, "--out", run);
        var lines = await File.ReadAllLinesAsync(run, Token);
        var broken = await installation.RunAsync("eval", "retrieval", "--corpus", await WriteAsync("bad.jsonl", "{\"id\":\"p1\",\"text\":\"a\"}\n{\"id\":"), "--queries", queries, "--out", run);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("3 passages, 2 questions", result.Error, StringComparison.Ordinal);
        Assert.Equal([("q1", "p2"), ("q2", "p3")], lines.Select(line => line.Split('\t')).Where(line => line[2] == "1").Select(line => (line[0], line[1])));
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("bad.jsonl, line 2", broken.Error, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string name, string content)
    {
        var file = Path.Combine(installation.Directory, name);
        await File.WriteAllTextAsync(file, content, Token);
        return file;
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
