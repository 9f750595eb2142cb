using Chatbot.Api.Answering.Generating;
using Chatbot.Backends.Conversations;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Generating;

public sealed class HistoryBudgetTests
{
    [Fact]
    public void The_newest_messages_that_fit_are_taken_whole_and_in_order()
    {
        var history = Enumerable.Range(1, 40).Select(number => Said($"Question {number} is about the opening hours of the town hall.")).ToList();

        var fitting = HistoryBudget.Fit(history, 200);

        Assert.Equal(history.TakeLast(fitting.Count), fitting);
        Assert.InRange(fitting.Count, 5, 15);
        Assert.InRange(fitting.Sum(message => TokenCounter.Of(message.Text)), 100, 200);
    }

    [Theory]
    [InlineData("The library is open from ten to six. ", "six. …")]
    [InlineData("Die Bücherei ist von zehn bis achtzehn Uhr geöffnet. ", "geöffnet. …")]
    [InlineData("La bibliothèque est ouverte de dix à dix-huit heures. ", "heures. …")]
    [InlineData("图书馆从十点开到十八点。", "十八点。 …")]
    public void Of_a_long_message_whole_sentences_stay_and_the_question_before_it_too(string sentence, string end)
    {
        var question = Said("When?");

        var fitting = HistoryBudget.Fit([question, Said(string.Concat(Enumerable.Repeat(sentence, 60)))], 400);

        Assert.Equal(question, fitting[0]);
        Assert.EndsWith(end, fitting[1].Text, StringComparison.Ordinal);
        Assert.InRange(TokenCounter.Of(fitting[1].Text), 60, 100);
    }

    [Fact]
    public void A_message_without_sentences_is_cut_where_the_room_ends()
    {
        var fitting = Assert.Single(HistoryBudget.Fit([Said(string.Concat(Enumerable.Repeat("word ", 2_000)))], 100));

        Assert.InRange(TokenCounter.Of(fitting.Text), 10, 25);
    }

    private static ConversationMessage Said(string text) => new() { Id = "m", ConversationId = "c", Role = ConversationRole.User, Text = text };
}
