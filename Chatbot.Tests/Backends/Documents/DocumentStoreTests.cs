using Chatbot.Backends.Documents;
using Chatbot.Core.Documents;
using Xunit;

namespace Chatbot.Tests.Backends.Documents;

public sealed class DocumentStoreTests : StoreTests
{
    private DocumentStore Store => new(Database, Clock);

    [Fact]
    public async Task A_new_document_is_pending_in_version_1()
    {
        var recorded = await RecordAsync("https://town.example/a", "one");

        Assert.Equal((1, 0, DocumentStatus.Pending), (recorded.Version, recorded.IndexedVersion, recorded.Status));
        Assert.Equal(recorded, await Store.FindAsync(recorded.Id, Token));
        Assert.Equal(recorded, await Store.FindByUrlAsync(KnowledgeBase.Id, "https://town.example/a", Token));
        Assert.Null(await Store.FindByUrlAsync("other", "https://town.example/a", Token));
    }

    [Fact]
    public async Task The_same_content_again_is_the_same_version_with_the_newest_bytes()
    {
        var first = await RecordAsync("https://town.example/a", "one");
        await Store.MarkIndexedAsync(first.Id, 1, "Title", "de", 3, Token);

        await RecordAsync("https://town.example/a", "one", blob: "newer");

        var found = (await Store.FindAsync(first.Id, Token))!;
        Assert.Equal((1, DocumentStatus.Indexed, "newer", "Title", 3), (found.Version, found.Status, found.BlobHash, found.Title, found.ChunkCount));
        Assert.Empty(await Store.ListUnannouncedAsync(null, Token));
    }

    [Fact]
    public async Task Other_content_is_the_next_version_and_pending()
    {
        var first = await RecordAsync("https://town.example/a", "one");
        await Store.MarkIndexedAsync(first.Id, 1, null, null, 3, Token);

        var second = await RecordAsync("https://town.example/a", "two");

        Assert.Equal((first.Id, 2, 1, DocumentStatus.Pending), (second.Id, second.Version, second.IndexedVersion, second.Status));
        Assert.Equal(second, await Store.FindAsync(first.Id, Token));
        Assert.Equal([first.Id], (await Store.ListUnannouncedAsync(null, Token)).Select(document => document.Id));
    }

    [Fact]
    public async Task An_older_version_is_no_longer_marked()
    {
        var document = await RecordAsync("https://town.example/a", "one");
        await RecordAsync("https://town.example/a", "two");

        Assert.False(await Store.MarkIndexedAsync(document.Id, 1, "Old", null, 3, Token));
        Assert.False(await Store.MarkFailedAsync(document.Id, 1, "Old.", Token));

        Assert.Equal((0, DocumentStatus.Pending), await StandAsync(document.Id));
    }

    [Fact]
    public async Task A_document_that_is_gone_waits_for_its_removal_and_comes_back_as_the_next_version()
    {
        var document = await RecordAsync("https://town.example/a", "one");
        await Store.MarkIndexedAsync(document.Id, 1, "A", "en", 3, Token);

        Assert.True(await GoneAsync(document.Id));
        Assert.False(await GoneAsync(document.Id));
        Assert.False(await Store.MarkIndexedAsync(document.Id, 2, null, null, 3, Token));
        Assert.Single(await Store.ListUnannouncedAsync(null, Token));
        Assert.True(await Store.MarkRemovedAsync(document.Id, Token));
        Assert.Empty(await Store.ListUnannouncedAsync(null, Token));
        Assert.Equal((0, DocumentStatus.Gone), await StandAsync(document.Id));

        var back = await RecordAsync("https://town.example/a", "one");
        Assert.Equal((3, DocumentStatus.Pending), (back.Version, back.Status));
        Assert.False(await Store.MarkRemovedAsync(document.Id, Token));
    }

    [Fact]
    public async Task A_failed_version_says_why_until_the_next_one()
    {
        var document = await RecordAsync("https://town.example/a", "one");

        Assert.True(await Store.MarkFailedAsync(document.Id, 1, "The PDF is encrypted.", Token));
        Assert.Equal("The PDF is encrypted.", (await RecordAsync("https://town.example/a", "one")).Error);
        Assert.Empty(await Store.ListUnannouncedAsync(null, Token));

        Assert.Null((await RecordAsync("https://town.example/a", "two")).Error);
    }

    [Fact]
    public async Task Documents_are_listed_by_what_is_asked_for()
    {
        var site = await AddSiteAsync();
        var a = await RecordAsync("https://town.example/a_b", "1", siteId: site.Id);
        var b = await RecordAsync("https://town.example/aXb", "2");
        var c = await RecordAsync("https://town.example/c", "3");
        await Store.MarkIndexedAsync(c.Id, 1, "100 % Energie", "de", 1, Token);

        Assert.Equal([b.Id, a.Id, c.Id], await FoundAsync(new DocumentFilter()));
        Assert.Equal([a.Id], await FoundAsync(new DocumentFilter { Text = "A_B" }));
        Assert.Equal([c.Id], await FoundAsync(new DocumentFilter { Text = "100 %" }));
        Assert.Equal([a.Id], await FoundAsync(new DocumentFilter { SiteId = site.Id, KnowledgeBaseId = KnowledgeBase.Id }));
        Assert.Equal([c.Id], await FoundAsync(new DocumentFilter { Status = DocumentStatus.Indexed }));
        Assert.Equal([a.Id], await FoundAsync(new DocumentFilter { Limit = 1, Offset = 1 }));
        Assert.Equal(3, await Store.CountAsync(new DocumentFilter { Limit = 1 }, Token));
        Assert.Equal(0, await Store.CountAsync(new DocumentFilter { KnowledgeBaseId = "other" }, Token));
    }

    private async Task<IEnumerable<string>> FoundAsync(DocumentFilter filter) => (await Store.ListAsync(filter, Token)).Select(document => document.Id);

    private async Task<(long IndexedVersion, DocumentStatus Status)> StandAsync(string id)
    {
        var found = (await Store.FindAsync(id, Token))!;
        return (found.IndexedVersion, found.Status);
    }

    private Task<bool> GoneAsync(string id) => Database.WriteAsync(transaction => Store.MarkGoneAsync(transaction, id, Token), Token);

    private Task<Document> RecordAsync(string url, string content, string blob = "blob", string? siteId = null) => Database.WriteAsync(
        transaction => Store.RecordAsync(
            transaction,
            new DocumentSeen { KnowledgeBaseId = KnowledgeBase.Id, SiteId = siteId, Url = url, BlobHash = blob, ContentHash = content, ContentType = "text/html" },
            Token),
        Token);
}
