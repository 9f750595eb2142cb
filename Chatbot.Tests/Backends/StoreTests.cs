using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Chatbot.Tests.Backends.Embedded;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Backends;

/// <summary>A database with a knowledge base, for the tests of the stores.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private readonly EmbeddedData data = new();

    internal ManualTimeProvider Clock { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected Database Database { get; private set; } = null!;

    protected KnowledgeBase KnowledgeBase { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await data.OpenMigratedAsync();
        KnowledgeBase = (await new KnowledgeBaseStore(Database, Clock).CreateAsync("town", "Town", new KnowledgeBaseSettings(), Token))!;
    }

    public ValueTask DisposeAsync()
    {
        data.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task<Site> AddSiteAsync(string startUrl = "https://town.example/")
    {
        var site = new Site
        {
            Id = Ids.New(),
            KnowledgeBaseId = KnowledgeBase.Id,
            Name = "Town",
            Scope = new SiteScope { StartUrls = [startUrl] },
            CreatedAt = Clock.GetUtcNow(),
        };
        await new SiteStore(Database, Clock).CreateAsync(site, Token);
        return site;
    }
}
