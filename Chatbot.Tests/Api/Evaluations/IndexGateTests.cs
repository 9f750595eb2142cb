using System.Net;
using Chatbot.Tests.Api.Documents;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

public sealed class IndexGateTests
{
    [Fact]
    public async Task An_index_that_was_built_anew_is_measured_before_it_takes_the_others_place()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        var (_, upload) = await app.UploadAsync(UploadApp.File("guide.md", "# Guide\n\n## Ferry\n\nThe ferry lies at the northern pier. It leaves at nine o'clock.\n"));
        await app.IngestedAsync(upload.DocumentId());
        await app.AddGoldenAsync("When does the ferry leave?", "guide.md", "nine o'clock");
        await app.SendAsync(HttpMethod.Put, "/api/evaluations/settings", new { gate = true });

        var (asked, _) = await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases/default/reindex");
        var runs = await app.GetAsync("/api/evaluations");
        while (runs.GetProperty("total").GetInt32() < 2 || runs.GetProperty("items")[0].GetProperty("state").GetString() != "completed")
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            runs = await app.GetAsync("/api/evaluations");
        }

        while ((await app.GetAsync("/api/knowledge-bases/default/index")).TryGetProperty("building", out _)) await Task.Delay(20, TestContext.Current.CancellationToken);
        var document = await app.DocumentAsync(upload.DocumentId());
        var candidate = runs.GetProperty("items").EnumerateArray().Single(run => run.TryGetProperty("candidate", out _));

        Assert.Equal(HttpStatusCode.Accepted, asked);
        Assert.Equal(("index", "live", 1.0), (candidate.GetProperty("candidate").GetProperty("kind").GetString(), candidate.GetProperty("candidate").GetProperty("state").GetString(), candidate.GetProperty("metrics").GetProperty("score").GetDouble()));
        Assert.Equal(2, document.Version);
        Assert.Single((await app.GetAsync("/api/search?q=ferry")).GetProperty("items").EnumerateArray());
    }
}
