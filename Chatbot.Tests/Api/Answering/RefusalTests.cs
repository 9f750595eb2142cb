using System.Net;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class RefusalTests
{
    /// <summary>Of which the town's pages say nothing.</summary>
    private const string Question = "Which passport stamps do astronauts collect on Jupiter?";

    [Fact]
    public async Task A_refusal_names_the_contact_and_the_nearest_pages_as_links_and_not_as_an_answer()
    {
        await using var app = await RefusingAsync(new { contact = "+49 30 1234" });

        var reply = await app.AnswerAsync(Question);

        Assert.True(reply.GetProperty("refused").GetBoolean());
        Assert.Contains("+49 30 1234", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("60 euros", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains(("Passport", "https://town.example/passport"), reply.GetProperty("topics").EnumerateArray().Select(topic => (topic.GetProperty("title").GetString(), topic.GetProperty("url").GetString())));
        Assert.Empty(reply.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task A_text_of_the_knowledge_base_takes_the_place_of_all_that()
    {
        await using var app = await RefusingAsync(new { contact = "the town hall", refusal = "text", refusalText = "Please ask {contact}." });

        var reply = await app.AnswerAsync(Question);

        Assert.Equal("Please ask the town hall.", reply.GetProperty("answer").GetString());
        Assert.False(reply.TryGetProperty("topics", out var topics) && topics.GetArrayLength() > 0);
    }

    [Fact]
    public async Task What_the_model_knows_by_itself_is_labelled_as_that_and_cites_nothing()
    {
        await using var model = await ScriptedModel.SayingAsync("Jupiter ", "has no ground [1].");
        await using var app = await RefusingAsync(new { refusal = "model" }, model);

        var reply = await app.AnswerAsync(Question);

        Assert.Equal("Our sources hold no answer to this. This is general knowledge of the language model, which nobody checked:\n\nJupiter has no ground.", reply.GetProperty("answer").GetString());
        Assert.Empty(reply.GetProperty("citations").EnumerateArray());
        Assert.True(reply.GetProperty("unsourced").GetBoolean());
        Assert.DoesNotContain("60 euros", Assert.Single(model.Prompts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_know_either_leaves_the_refusal()
    {
        await using var model = await ScriptedModel.SayingAsync("NO_", "ANSWER");
        await using var app = await RefusingAsync(new { refusal = "model" }, model);

        var reply = await app.AnswerAsync(Question);

        Assert.True(reply.GetProperty("refused").GetBoolean());
        Assert.StartsWith("I found no answer", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_its_own_is_needed_where_it_is_to_be_said()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (status, problem) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { refusal = "text" } });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("settings.refusalText", out _));
    }

    private static async Task<ApiApp> RefusingAsync(object settings, ScriptedModel? model = null)
    {
        var app = await ApiApp.StartAsync(model?.Settings);
        await app.AddTownAsync();
        await app.SignInAsync();
        // Refuses whatever is not certain.
        var all = System.Text.Json.JsonSerializer.SerializeToNode(settings)!.AsObject();
        all["refuseBelow"] = 1;
        var (status, _) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = all });
        Assert.Equal(HttpStatusCode.OK, status);
        return app;
    }
}
