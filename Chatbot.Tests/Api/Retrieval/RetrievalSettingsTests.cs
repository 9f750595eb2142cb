using System.Net;
using System.Text.Json;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.Data;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval;

public sealed class RetrievalSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_knowledge_base_says_how_many_passages_of_what_length_and_from_where()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddPageAsync("rules/all", "Fishing permits", [.. Enumerable.Range(0, 5).Select(i => $"Fishing permit {i}: " + string.Join(' ', Enumerable.Range(0, 22).Select(j => $"a fishing permit of kind {i} is for water {j}.")))]);
        await app.AddPageAsync("lake", "The lake", "Ducks are fed at noon. Fishing in the lake needs a permit.", "Boats leave at two. " + string.Join(' ', Enumerable.Range(0, 30).Select(i => $"Boat {i} is red.")));

        var before = await SearchAsync(app);
        await SetAsync(app, new { passages = 2, passagesPerPage = 1, passageCharacters = 300 });
        var after = await SearchAsync(app);
        using var asked = await app.AskAsync(new { question = "fishing permit", stream = false, options = new { retrieveOnly = true } });
        var answered = (await ApiApp.JsonAsync(asked)).GetProperty("passages").GetProperty("items");
        await SetAsync(app, new { urlPrefixes = new[] { "https://town.example/rules/" } });
        var below = await SearchAsync(app);

        Assert.True(before.Count(hit => hit.Url.EndsWith("/rules/all", StringComparison.Ordinal)) > 1);
        Assert.Equal(2, after.Count);
        Assert.Equal(2, after.Select(hit => hit.Url).Distinct().Count());
        Assert.True(before.Single(hit => hit.Url.EndsWith("/lake", StringComparison.Ordinal)).Text.Length > 500);
        Assert.True(after.Single(hit => hit.Url.EndsWith("/lake", StringComparison.Ordinal)).Text.Length <= 300);
        Assert.Equal(2, answered.GetArrayLength());
        Assert.NotEmpty(below);
        Assert.All(below, hit => Assert.EndsWith("/rules/all", hit.Url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_lately_comes_first_where_that_is_wanted()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddPageAsync("old", "The museum and its hours", "The museum opens at nine; the opening hours of the museum hold all year.");
        await app.AddPageAsync("new", "News of the museum", "From now on the museum has opening hours from ten to six.");
        await app.Services.GetRequiredService<Database>().WriteAsync(
            transaction => transaction.RunAsync("UPDATE documents SET changed_at = 0 WHERE url LIKE '%/old'", null, Token), Token);

        var before = await SearchAsync(app, "opening hours of the museum");
        await SetAsync(app, new { freshness = 3, freshnessDays = 30 });
        var after = await SearchAsync(app, "opening hours of the museum");

        Assert.Equal(["https://town.example/old", "https://town.example/new"], before.Select(hit => hit.Url));
        Assert.Equal(["https://town.example/new", "https://town.example/old"], after.Select(hit => hit.Url));
        Assert.True(after[0].Score >= after[1].Score);
    }

    [Fact]
    public async Task An_index_that_is_tried_beside_the_other_knows_the_age_and_the_kind_of_its_documents()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddPageAsync("old", "The museum and its hours", "The museum opens at nine; the opening hours of the museum hold all year.");
        await app.AddPageAsync("new", "News of the museum", "From now on the museum has opening hours from ten to six.");
        await app.Services.GetRequiredService<Database>().WriteAsync(
            transaction => transaction.RunAsync("UPDATE documents SET changed_at = 0, content_type = 'text/plain' WHERE url LIKE '%/old'", null, Token), Token);
        var knowledgeBase = (await app.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token))!;
        var index = app.Services.GetRequiredService<IChunkIndex>();
        foreach (var document in await app.Services.GetRequiredService<DocumentStore>().ListAfterAsync(knowledgeBase.Id, "", 10, Token))
        {
            var (trial, chunks) = (TrialIndex.DocumentOf(document.Id), await index.GetDocumentAsync(knowledgeBase.Id, document.Id, Token));
            Assert.Equal(document.Id, TrialIndex.DocumentOf(trial));
            await index.ReplaceAsync(TrialIndex.IdOf(knowledgeBase.Id), trial, 1, [.. chunks.Select(chunk => chunk with { DocumentId = trial })], Token);
        }

        var retriever = app.Services.GetRequiredService<Retriever>();
        var fresh = knowledgeBase with { Settings = knowledgeBase.Settings with { Retrieval = new() { Freshness = 3, FreshnessDays = 30 } } };
        var before = await retriever.SearchAsync(knowledgeBase, "opening hours of the museum", 5, isTrial: true, Token);
        var after = await retriever.SearchAsync(fresh, "opening hours of the museum", 5, isTrial: true, Token);
        var query = new ChunkQuery { KnowledgeBaseId = knowledgeBase.Id, IsTrial = true, Question = "museum" };
        var plain = await index.SearchAsync(query with { Filter = new() { ContentTypes = ["text/plain"] } }, Token);
        var recent = await index.SearchAsync(query with { Filter = new() { ChangedSince = DateTimeOffset.UnixEpoch.AddDays(1), UrlPrefix = "https://town.example/n" } }, Token);

        Assert.Equal(["https://town.example/old", "https://town.example/new"], before.Passages.Select(passage => passage.Chunk.Url));
        Assert.Equal(["https://town.example/new", "https://town.example/old"], after.Passages.Select(passage => passage.Chunk.Url));
        Assert.Equal("https://town.example/old", Assert.Single(plain.Candidates).Chunk.Url);
        Assert.Equal("https://town.example/new", Assert.Single(recent.Candidates).Chunk.Url);
    }

    [Fact]
    public async Task Numbers_that_make_no_sense_are_named()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, body) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new
        {
            title = "Town",
            settings = new { retrieval = new { passages = 0, passagesPerPage = 11, passageCharacters = 10, freshness = -1, freshnessDays = 0, urlPrefixes = new[] { "town.example" } } },
        });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            ["freshness", "freshnessDays", "passageCharacters", "passages", "passagesPerPage", "urlPrefixes"],
            body.GetProperty("errors").EnumerateObject().Select(error => error.Name["settings.retrieval.".Length..]).Order(StringComparer.Ordinal));
    }

    private static async Task<List<(string Url, string Text, double Score)>> SearchAsync(ApiApp app, string question = "fishing permit") =>
    [
        .. (await app.GetAsync($"/api/search?q={Uri.EscapeDataString(question)}")).GetProperty("items").EnumerateArray()
            .Select(hit => (hit.GetProperty("url").GetString()!, hit.GetProperty("text").GetString()!, hit.GetProperty("score").GetDouble())),
    ];

    private static async Task SetAsync(ApiApp app, object retrieval)
    {
        var (status, body) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { retrieval } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(JsonSerializer.Serialize(retrieval).Length > 2, body.GetProperty("settings").TryGetProperty("retrieval", out _));
    }
}
