using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server;

public sealed class UsageTests : IDisposable
{
    private readonly Installation installation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => installation.Dispose();

    [Theory]
    [InlineData("absolute http or https URL", "crawl", "www.example.org")]
    [InlineData("absolute http or https URL", "crawl", "ftp://www.example.org/")]
    [InlineData("'url' missing", "crawl")]
    [InlineData("--max-pages", "crawl", "http://www.example.org/", "--max-pages", "0")]
    [InlineData("--depth", "crawl", "http://www.example.org/", "--depth", "-1")]
    [InlineData(".csv or .json", "crawl", "http://www.example.org/", "--report", "report.xls")]
    [InlineData("no-such-directory", "crawl", "http://www.example.org/", "--report", "/no-such-directory/report.csv")]
    [InlineData("--top", "search", "word", "--top", "51")]
    [InlineData("question is empty", "search", " ")]
    [InlineData("question is empty", "ask", "")]
    [InlineData("'file' missing", "extract")]
    [InlineData("--file", "robots", "http://www.example.org/")]
    [InlineData("--port", "serve", "--port", "70000")]
    [InlineData("--corpus", "eval", "retrieval", "--queries", "q", "--out", "o")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("--nonsense", "search", "word", "--nonsense")]
    public async Task Bad_usage_is_exit_code_2_and_a_message_that_names_it(string named, params string[] arguments)
    {
        var result = await installation.RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(installation.Directory));
    }

    [Fact]
    public async Task A_question_that_is_too_long_gets_a_reason_and_the_next_one_an_answer()
    {
        var @long = new string('x', 100_000);

        var asked = await installation.RunWithInputAsync($"{@long}\nWhat is there?\n", "ask", "--json");
        var found = await installation.RunWithInputAsync($"{@long}\nWhat is there?\n", "search", "--json");
        var alone = await installation.RunAsync("ask", @long);

        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("8,000", asked.Error, StringComparison.Ordinal);
        Assert.Equal("What is there?", asked.Object.GetProperty("question").GetString());
        Assert.True(asked.Object.GetProperty("refused").GetBoolean());
        Assert.Equal((1, ""), (found.ExitCode, found.Output));
        Assert.Contains("8,000", found.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (alone.ExitCode, alone.Output));
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("search")]
    public async Task An_unknown_knowledge_base_is_named(string command)
    {
        var result = await installation.RunAsync(command, "word", "--kb", "archive");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("'archive'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "word")]
    [InlineData("crawl", "http://www.example.org/")]
    [InlineData("serve")]
    [InlineData("createsuperuser", "--generate")]
    public async Task A_data_directory_that_cannot_be_written_is_named(params string[] arguments)
    {
        var file = Path.Combine(installation.Directory, "file");
        await File.WriteAllTextAsync(file, "", Token);
        var directory = Path.Combine(file, "data");

        var result = await installation.RunAsync([.. arguments, "--data", directory]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(directory, result.Error, StringComparison.Ordinal);
        Assert.Contains("--data", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_none_is_named()
    {
        var file = Path.Combine(installation.Directory, "chatbot.db");
        await File.WriteAllTextAsync(file, new string('x', 10_000), Token);

        var result = await installation.RunAsync("search", "word");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(file, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
