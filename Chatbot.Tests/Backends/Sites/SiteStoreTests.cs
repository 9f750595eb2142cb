using Chatbot.Backends.Documents;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Documents;
using Chatbot.Core.Sites;
using Xunit;

namespace Chatbot.Tests.Backends.Sites;

public sealed class SiteStoreTests : StoreTests
{
    private SiteStore Store => new(Database, Clock);

    [Fact]
    public async Task A_site_comes_back_as_it_was_made_and_changed()
    {
        var site = new Site
        {
            Id = Ids.New(),
            KnowledgeBaseId = KnowledgeBase.Id,
            Name = "Gemeinde",
            Scope = new SiteScope { StartUrls = ["https://a.example/", "https://b.example/x"], Include = ["*/de/*"], Exclude = ["/\\.zip$/"], MaxDepth = 3, MaxPages = 9 },
            RenderMode = RenderMode.Auto,
            HostDelay = TimeSpan.FromMilliseconds(250),
            AllowPrivateAddresses = true,
            CreatedAt = Clock.GetUtcNow(),
        };
        await Store.CreateAsync(site, Token);
        Assert.Equivalent(site, await Store.FindAsync(site.Id, Token), strict: false);

        Assert.True(await Store.UpdateAsync(site with { Name = "Stadt", HostDelay = null }, Token));

        Assert.Equal(("Stadt", null), ((await Store.FindAsync(site.Id, Token))!.Name, (await Store.FindAsync(site.Id, Token))!.HostDelay));
        Assert.Equal(site.Id, (await Store.FindByStartUrlAsync(KnowledgeBase.Id, "https://b.example/x", Token))?.Id);
        Assert.Null(await Store.FindByStartUrlAsync(KnowledgeBase.Id, "https://b.example/", Token));
        Assert.Single(await Store.ListAsync(KnowledgeBase.Id, Token));
        Assert.Single(await Store.ListAsync(null, Token));
        Assert.Empty(await Store.ListAsync("other", Token));
    }

    [Fact]
    public async Task The_documents_of_a_deleted_site_are_gone_and_still_to_be_taken_out_of_the_index()
    {
        var site = await AddSiteAsync();
        var documents = new DocumentStore(Database, Clock);
        var document = await Database.WriteAsync(
            transaction => documents.RecordAsync(
                transaction,
                new DocumentSeen { KnowledgeBaseId = KnowledgeBase.Id, SiteId = site.Id, Url = "https://town.example/a", BlobHash = "b", ContentHash = "c" },
                Token),
            Token);
        await documents.MarkIndexedAsync(document.Id, 1, "A", "en", 2, Token);

        Assert.True(await Store.DeleteAsync(site.Id, Token));

        Assert.False(await Store.DeleteAsync(site.Id, Token));
        var left = Assert.Single(await documents.ListUnannouncedAsync(site.Id, Token));
        Assert.Equal((document.Id, DocumentStatus.Gone), (left.Id, left.Status));
    }
}
