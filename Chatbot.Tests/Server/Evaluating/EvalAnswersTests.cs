using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Evaluating;

public sealed class EvalAnswersTests
{
    [Fact]
    public async Task The_questions_of_a_file_are_asked_of_a_crawled_site_and_each_miss_is_explained()
    {
        using var installation = new Installation();
        await using var site = await TestSite.StartAsync();
        Town.Put(site, 5);
        await installation.CrawlAsync(site.Url("/"));
        var file = Path.Combine(installation.Directory, "questions.jsonl");
        await File.WriteAllTextAsync(file, $$"""
            {"id": "a", "question": "What is the fee in {{Town.Word(3)}}?", "expected_pages": ["service/3"], "expected_phrases": ["21 crowns"], "kind": "value"}
            {"id": "b", "question": "What is the fee in {{Town.Word(4)}}?", "expected_pages": ["service/99"], "expected_phrases": ["no such fee"], "kind": "value"}
            """, TestContext.Current.CancellationToken);

        var json = await installation.RunAsync("eval", "answers", "--questions", file, "--json");
        var told = await installation.RunAsync("eval", "answers", "--questions", file, "--root", site.Url("/"), "--misses");
        await File.WriteAllTextAsync(file, "{\"id\": \"a\"}", TestContext.Current.CancellationToken);
        var wrong = await installation.RunAsync("eval", "answers", "--questions", file);

        Assert.True(json.ExitCode == 0, json.ToString());
        Assert.Equal(3, json.Json.Count);
        Assert.Equal(1, json.Json[0].GetProperty("outcome").GetProperty("score").GetDouble());
        Assert.Equal("not-crawled", json.Json[1].GetProperty("outcome").GetProperty("miss").GetString());
        Assert.Equal(0.5, json.Json[2].GetProperty("hitAt5").GetDouble());
        Assert.Contains("b  not-crawled", told.Output, StringComparison.Ordinal);
        Assert.Matches(@"hit@5 +0\.5", told.Output);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("question", wrong.Error, StringComparison.Ordinal);
    }
}
