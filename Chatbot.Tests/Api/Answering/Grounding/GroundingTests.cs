using System.Text.Json;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Grounding;

public sealed class GroundingTests
{
    [Theory]
    [InlineData("A new passport costs 60 euros [1].")]
    [InlineData("You pay 60,00 euros for a new passport [1].")]
    [InlineData("A new passport costs sixty euros. [1] Bring your old passport and a photograph [1].")]
    [InlineData("Ein neuer Reisepass kostet 60 Euro [1]. Bringen Sie Ihren alten Reisepass und ein Foto mit [1].")]
    [InlineData("Un nouveau passeport coûte 60 euros [1].")]
    [InlineData("The passport is valid for ten years [1].\n\nDo you want to know more?")]
    [InlineData("The town hall is open on weekdays from 8:00 a.m. to 12:00.")]
    [InlineData("On Tuesdays the town hall opens at 8 o'clock, and the library opens at 10 a.m.")]
    [InlineData("On Saturdays the town hall is closed.")]
    [InlineData("On Saturdays the town hall is not open.")]
    [InlineData("There are two conditions for a new passport: your old passport and a photograph [1].")]
    [InlineData("Step 1: Bring your old passport and a photograph [1].\n**Step 2:** Pay 60 euros for the new passport [1].")]
    [InlineData("A new passport costs 60 euros [1]. The sources do not say how long it takes until it can be fetched.")]
    [InlineData("Mit Ihrem Personalausweis und einem Foto erhalten Sie den neuen Reisepass [1].")]
    [InlineData("新护照的费用是60欧元[1]。请携带旧护照和照片[1]。")]
    public async Task What_the_sources_say_in_these_or_other_words_is_not_marked(string said)
    {
        var reply = await AskAsync(said);

        Assert.Equal(said, reply.GetProperty("answer").GetString());
        Assert.False(reply.TryGetProperty("notice", out _));
    }

    [Theory]
    [InlineData("A new passport costs 90 euros [1].")]
    [InlineData("A new passport costs 4 euros [1].")]
    [InlineData("Ein neuer Reisepass kostet 90 Euro [1].")]
    [InlineData("The town hall opens at 8 p.m. on weekdays.")]
    [InlineData("The town hall is open on Sundays from 8 to 12.")]
    [InlineData("On Saturdays the town hall is not closed.")]
    [InlineData("Ask Mrs Miller for a new passport that costs 60 euros [1].")]
    [InlineData("The mayor invented the telescope during a long journey through Africa [1].")]
    public async Task What_they_do_not_say_is_marked_and_a_line_tells_what_the_mark_means(string said)
    {
        var right = IsOfHours(said) ? "The library opens at ten o'clock." : "Bring your old passport and a photograph [1].";

        var reply = await AskAsync($"{said} {right}");

        Assert.Equal($"{said} [?] {right}", reply.GetProperty("answer").GetString());
        Assert.StartsWith("Sentences marked [?]", reply.GetProperty("notice").GetString(), StringComparison.Ordinal);
        var step = reply.GetProperty("trace").EnumerateArray().Single(step => step.GetProperty("step").GetString() == "ground");
        Assert.Equal("2", step.GetProperty("details").GetProperty("sentences").GetString());
        Assert.EndsWith(said.Replace(" [1]", "", StringComparison.Ordinal), step.GetProperty("details").GetProperty("unsupported 1").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_knowledge_base_says_so_they_are_left_out()
    {
        var reply = await AskAsync("A new passport costs 90 euros [1]. Bring your old passport and a photograph [1].", "drop");

        Assert.Equal("Bring your old passport and a photograph [1].", reply.GetProperty("answer").GetString());
        Assert.Equal(1, Assert.Single(reply.GetProperty("citations").EnumerateArray()).GetProperty("number").GetInt32());
        Assert.StartsWith("Sentences that the sources do not bear out", reply.GetProperty("notice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_is_left_the_sources_are_quoted()
    {
        var reply = await AskAsync("A new passport costs 90 euros [1].", "drop");

        Assert.Contains("A new passport costs 60 euros. [1]", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.True(reply.GetProperty("degraded").GetBoolean());
    }

    [Fact]
    public async Task Checking_can_be_switched_off()
    {
        var reply = await AskAsync("A new passport costs 90 euros [1].", "off");

        Assert.Equal("A new passport costs 90 euros [1].", reply.GetProperty("answer").GetString());
        Assert.False(reply.TryGetProperty("notice", out _));
    }

    [Fact]
    public async Task A_citation_lands_on_the_words_that_its_sentence_follows()
    {
        var reply = await AskAsync("Ein Reisepass gilt zehn Jahre lang [1].");

        Assert.Contains(":~:text=The%20passport%20is%20valid%20for%20ten%20years", reply.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AskAsync(string said, string? grounding = null)
    {
        await using var model = await ScriptedModel.SayingAsync([.. said.Chunk(5).Select(piece => new string(piece))]);
        // However busy the machine is, meaning is waited for.
        await using var app = await ApiApp.StartAsync(new(model.Settings) { ["Generation:CheckTimeout"] = "00:05:00" });
        await app.AddTownAsync();
        if (grounding is not null)
        {
            await app.SignInAsync();
            await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { grounding } });
        }

        return await app.AnswerAsync(IsOfHours(said) ? "When is the town hall open?" : "How much does a new passport cost?", options: new { trace = true });
    }

    private static bool IsOfHours(string said) => said.Contains("town hall", StringComparison.Ordinal);
}
