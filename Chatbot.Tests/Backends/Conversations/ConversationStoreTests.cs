using Chatbot.Backends.Conversations;
using Chatbot.Backends.Feedback;
using Chatbot.Core;
using Chatbot.Core.Answering;
using Xunit;

namespace Chatbot.Tests.Backends.Conversations;

public sealed class ConversationStoreTests : StoreTests
{
    private ConversationStore Store => new(Database, Clock);

    private ConversationArchive Archive => new(Database, Store);

    private FeedbackStore Feedback => new(Database, Clock);

    [Fact]
    public async Task Messages_come_back_in_the_order_they_were_said()
    {
        var conversation = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        var said = Enumerable.Range(0, 20).Select(i => Message(conversation.Id, i % 2 == 0 ? ConversationRole.User : ConversationRole.Assistant, $"{i}")).ToList();

        foreach (var message in said)
            Assert.True(await Store.AppendAsync(message, Token));

        var transcript = await Store.GetAsync(conversation.Id, Token);
        Assert.Equal(said.Select(message => (message.Role, message.Text)), transcript!.Messages.Select(message => (message.Role, message.Text)));
    }

    [Fact]
    public async Task An_answer_keeps_its_citations_and_what_was_thought_of_it()
    {
        var conversation = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        var answer = Message(conversation.Id, ConversationRole.Assistant, "Um 8 Uhr [1].") with
        {
            Citations = [new Citation(1, "https://town.example/#:~:text=8", "Öffnungszeiten", "8–12 Uhr", "d", "c")],
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            Degraded = true,
        };
        await Store.AppendAsync(answer, Token);

        Assert.Equal(KnowledgeBase.Id, await Feedback.SaveAsync(new Rating(answer.Id, false, [FeedbackReason.Wrong], "Stimmt nicht", "Um 9 Uhr."), Token));
        Assert.Equal(KnowledgeBase.Id, await Feedback.SaveAsync(new Rating(answer.Id, true, [], null, null), Token));
        Assert.Null(await Feedback.SaveAsync(new Rating("nowhere", true, [], null, null), Token));

        var found = Assert.Single((await Store.GetAsync(conversation.Id, Token))!.Messages);
        Assert.Equal(answer.Citations, found.Citations);
        Assert.Equal((answer.TraceId, false, true, true, null), (found.TraceId, found.Refused, found.Degraded, found.Helpful, found.Comment));
    }

    [Fact]
    public async Task A_message_that_is_appended_twice_is_there_once()
    {
        var conversation = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        var question = Message(conversation.Id, ConversationRole.User, "Wann?");

        await Store.AppendAsync(question, Token);
        await Store.AppendAsync(question, Token);

        Assert.Single((await Store.GetAsync(conversation.Id, Token))!.Messages);
    }

    [Fact]
    public async Task What_many_add_at_once_is_all_there_in_the_order_of_each_conversation()
    {
        var store = Store;
        var begun = Enumerable.Range(0, 300).Select(_ => store.Begin(KnowledgeBase.Id, null)).ToList();
        var lost = store.Begin("no such knowledge base", null);

        var added = begun.SelectMany(conversation => new[]
        {
            store.AppendAsync(conversation, Message(conversation.Id, ConversationRole.User, "Wann?"), Token),
            store.AppendAsync(Message(conversation.Id, ConversationRole.Assistant, "Um 8 Uhr."), Token),
        }).ToList();
        added.Add(store.AppendAsync(lost, Message(lost.Id, ConversationRole.User, "Und hier?"), Token));

        var results = await Task.WhenAll(added);
        Assert.All(results[..^1], Assert.True);
        Assert.False(results[^1]);
        foreach (var conversation in begun)
            Assert.Equal(["Wann?", "Um 8 Uhr."], (await store.GetAsync(conversation.Id, Token))!.Messages.Select(message => message.Text));
        Assert.Null(await store.GetAsync(lost.Id, Token));
    }

    [Fact]
    public async Task The_conversation_that_was_spoken_in_last_is_listed_first()
    {
        var one = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var two = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        Clock.Advance(TimeSpan.FromMinutes(1));

        await Store.AppendAsync(Message(one.Id, ConversationRole.User, "Noch da?"), Token);

        Assert.Equal([one.Id, two.Id], (await Archive.ListAsync(new() { KnowledgeBaseId = KnowledgeBase.Id }, 10, 0, Token)).Select(it => it.Id));
        Assert.Equal([one.Id], (await Archive.ListAsync(new(), 1, 0, Token)).Select(it => it.Id));
        Assert.Empty(await Archive.ListAsync(new() { KnowledgeBaseId = "other" }, 10, 0, Token));
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_with_its_messages()
    {
        var conversation = await Store.StartAsync(KnowledgeBase.Id, null, Token);
        var question = Message(conversation.Id, ConversationRole.User, "Wann?");
        await Store.AppendAsync(question, Token);

        Assert.True(await Store.DeleteAsync(conversation.Id, Token));

        Assert.Null(await Store.GetAsync(conversation.Id, Token));
        Assert.False(await Store.DeleteAsync(conversation.Id, Token));
        Assert.False(await Store.AppendAsync(question, Token));
        Assert.Null(await Feedback.SaveAsync(new Rating(question.Id, true, [], null, null), Token));
    }

    private static ConversationMessage Message(string conversationId, ConversationRole role, string text) =>
        new() { Id = Ids.New(), ConversationId = conversationId, Role = role, Text = text };
}
