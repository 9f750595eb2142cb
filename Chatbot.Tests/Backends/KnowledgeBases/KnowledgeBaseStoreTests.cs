using Chatbot.Backends.Data;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Xunit;

namespace Chatbot.Tests.Backends.KnowledgeBases;

public sealed class KnowledgeBaseStoreTests : StoreTests
{
    private KnowledgeBaseStore Store => new(Database, Clock);

    [Fact]
    public async Task A_knowledge_base_is_found_by_name_and_by_id_as_it_was_made()
    {
        var settings = new KnowledgeBaseSettings { Languages = ["de", "zh"], AllowedOrigins = ["https://a.example"], Contact = "Schalter 3" };

        var made = await Store.CreateAsync("city", "Stadt", settings, Token);

        Assert.Equivalent(made, await Store.FindAsync("city", Token), strict: true);
        Assert.Equivalent(made, await Store.FindAsync(made!.Id, Token), strict: true);
        Assert.Null(await Store.FindAsync("nowhere", Token));
        Assert.Equal(["city", "town"], (await Store.ListAsync(Token)).Select(it => it.Name));
    }

    [Fact]
    public async Task Settings_that_were_stored_before_there_were_others_are_read_as_if_these_were_not_set()
    {
        await Database.WriteAsync(transaction => transaction.RunAsync("UPDATE knowledge_bases SET settings = '{\"contact\":\"Schalter 3\",\"retrieval\":{\"passages\":4}}'", null, Token), Token);
        var some = (await Store.FindAsync("town", Token))!.Settings;
        await Database.WriteAsync(transaction => transaction.RunAsync("UPDATE knowledge_bases SET settings = '{}'", null, Token), Token);
        var none = (await Store.FindAsync("town", Token))!.Settings;

        Assert.Equivalent(new KnowledgeBaseSettings { Contact = "Schalter 3", Retrieval = new RetrievalSettings { Passages = 4 } }, some, strict: true);
        Assert.Equivalent(new KnowledgeBaseSettings(), none, strict: true);
    }

    [Fact]
    public async Task A_name_that_is_taken_makes_none()
    {
        Assert.Null(await Store.CreateAsync("town", "Other", new KnowledgeBaseSettings(), Token));

        Assert.Equal("Town", Assert.Single(await Store.ListAsync(Token)).Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Town")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task What_is_no_name_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(name, "Title", new KnowledgeBaseSettings(), Token));
    }

    [Fact]
    public async Task Title_and_settings_change_and_a_deleted_one_is_gone()
    {
        Assert.True(await Store.UpdateAsync(KnowledgeBase with { Title = "New", Settings = new() { Contact = "me" } }, Token));
        Assert.Equal(("New", "me"), ((await Store.FindAsync("town", Token))!.Title, (await Store.FindAsync("town", Token))!.Settings.Contact));

        Assert.True(await Store.DeleteAsync(KnowledgeBase.Id, Token));

        Assert.False(await Store.DeleteAsync(KnowledgeBase.Id, Token));
        Assert.False(await Store.UpdateAsync(KnowledgeBase, Token));
    }

    [Fact]
    public async Task The_first_one_is_made_when_there_is_none_at_all()
    {
        await Store.EnsureDefaultAsync(Token);
        Assert.Null(await Store.FindAsync(KnowledgeBase.DefaultName, Token));
        await Store.DeleteAsync(KnowledgeBase.Id, Token);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.EnsureDefaultAsync(Token)));

        Assert.Equal(KnowledgeBase.DefaultName, Assert.Single(await Store.ListAsync(Token)).Name);
    }
}
