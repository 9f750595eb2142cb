using Chatbot.Backends.KnowledgeBases;
using Xunit;

namespace Chatbot.Tests.Backends.KnowledgeBases;

public sealed class KnowledgeBaseMemoryTests : StoreTests
{
    [Fact]
    public async Task Changes_of_this_process_are_seen_at_once_and_those_of_others_soon()
    {
        var (own, other) = (new KnowledgeBaseStore(Database, Clock), new KnowledgeBaseStore(Database, Clock));
        var memory = new KnowledgeBaseMemory(own, Clock);
        Assert.Equal("Town", (await memory.FindAsync("town", Token))!.Title);

        await own.UpdateAsync(KnowledgeBase with { Title = "Ours" }, Token);
        var atOnce = (await memory.FindAsync("town", Token))!.Title;
        await other.UpdateAsync(KnowledgeBase with { Title = "Theirs" }, Token);
        Clock.Advance(KnowledgeBaseMemory.Freshness);
        var soon = (await memory.FindAsync(KnowledgeBase.Id, Token))!.Title;
        await own.DeleteAsync(KnowledgeBase.Id, Token);

        Assert.Equal(("Ours", "Theirs"), (atOnce, soon));
        Assert.Null(await memory.FindAsync("town", Token));
    }
}
