using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class AskBackTests
{
    private const string Question = "How much is a day ticket for the outdoor pool?";

    [Theory]
    [InlineData("Pool prices 2024", "Pool prices 2025", "2024", "2025", "year")]
    [InlineData("Outdoor pool Lindenau", "Outdoor pool Altdorf", "Lindenau", "Altdorf", "one")]
    [InlineData("Pool manual 1.4", "Pool manual 1.5", "1.4", "1.5", "version")]
    public async Task Pages_that_differ_by_one_thing_and_say_different_things_are_asked_back_about(string first, string second, string one, string other, string dimension)
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync("a", first, Text(4));
        await app.AddPageAsync("b", second, Text(6));

        var asked = await app.AnswerAsync(Question);
        var choices = asked.GetProperty("choices").EnumerateArray().ToDictionary(choice => choice.GetProperty("label").GetString()!, choice => choice.GetProperty("question").GetString()!);
        var typed = await app.AnswerAsync(one, asked.GetProperty("conversationId").GetString());
        var picked = await app.AnswerAsync(choices[other], asked.GetProperty("conversationId").GetString());

        Assert.Equal("clarify", asked.GetProperty("intent").GetString());
        Assert.Contains(dimension, asked.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal([one, other], choices.Keys.Order(StringComparer.Ordinal).OrderBy(label => label != one));
        Assert.Contains("6 euros", picked.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains("4 euros", typed.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_with_an_answer_is_there_when_the_conversation_goes_on()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync("a", "Pool prices 2024", Text(4));
        await app.AddPageAsync("b", "Pool prices 2025", Text(6));
        var conversation = (await app.AnswerAsync(Question)).GetProperty("conversationId").GetString();
        var refused = await app.AnswerAsync("Which passport stamps do astronauts collect on Jupiter?", conversation);
        var quoted = await app.AnswerAsync("How much was a day ticket for the outdoor pool in 2024?", conversation);

        var messages = (await app.GetAsync($"/api/chat/conversations/{conversation}")).GetProperty("messages");

        Assert.Equal(["2024", "2025"], messages[1].GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("label").GetString()).Order());
        Assert.Equal("clarify", messages[1].GetProperty("intent").GetString());
        Assert.True(refused.GetProperty("refused").GetBoolean());
        Assert.Equal(refused.GetProperty("topics").GetRawText(), messages[3].GetProperty("topics").GetRawText());
        Assert.Equal(quoted.GetProperty("notice").GetString(), messages[5].GetProperty("notice").GetString());
    }

    [Theory]
    [InlineData("Pool prices 2024", "Pool prices 2025", "How much was a day ticket for the outdoor pool in 2024?", 6)] // It is named.
    [InlineData("Pool prices 2024", "Pool prices 2025", "How much is a day ticket for the outdoor pool now?", 6)] // So is the newest.
    [InlineData("Pool prices 2024", "Pool prices 2025", Question, 4)] // Both say the same.
    [InlineData("Pool prices", "Ice rink prices", Question, 6)] // They differ in more.
    public async Task Who_need_not_be_asked_is_answered(string first, string second, string question, int price)
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync("a", first, Text(4));
        await app.AddPageAsync("b", second, Text(price));

        var reply = await app.AnswerAsync(question);

        Assert.False(reply.TryGetProperty("choices", out _));
        Assert.NotEmpty(reply.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task Pages_on_the_same_matter_in_other_words_are_not_asked_back_about()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync("a", "Pool prices 2024", Text(4));
        await app.AddPageAsync("b", "Pool prices 2025", "Whoever wants to swim outdoors all day long pays 6 euros for a ticket; children are let in for less, and families get a card.");

        var reply = await app.AnswerAsync(Question);

        Assert.False(reply.TryGetProperty("choices", out _));
    }

    [Fact]
    public async Task A_knowledge_base_may_do_without()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync("a", "Pool prices 2024", Text(4));
        await app.AddPageAsync("b", "Pool prices 2025", Text(6));
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { askBack = false } });

        var reply = await app.AnswerAsync(Question);

        Assert.False(reply.TryGetProperty("choices", out _));
    }

    private static string Text(int euros) =>
        FormattableString.Invariant($"A day ticket for the outdoor pool costs {euros} euros for adults and is sold at the entrance until six o'clock.");
}
