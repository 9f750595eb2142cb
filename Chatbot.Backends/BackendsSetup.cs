using Chatbot.Backends.Archive;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Embedded;
using Chatbot.Backends.Embedded.Blobs;
using Chatbot.Backends.Embedded.Caching;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Backends.Embedded.Jobs;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Faqs;
using Chatbot.Backends.Feedback;
using Chatbot.Backends.Frames;
using Chatbot.Backends.Handovers;
using Chatbot.Backends.Health;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.ModelUsage;
using Chatbot.Backends.Prompts;
using Chatbot.Backends.Routing;
using Chatbot.Backends.Sites;
using Chatbot.Backends.Users;
using Chatbot.Core.Blobs;
using Chatbot.Core.Caching;
using Chatbot.Core.Data;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends;

/// <summary>The door of this project: whoever opened it has all stores and ports.</summary>
public static class BackendsSetup
{
    public static void AddBackends(this IHostApplicationBuilder builder)
    {
        builder.AddStores();
        builder.AddEmbeddingModels();
        builder.AddChunkIndex();
    }

    /// <summary>All but the index and its models: for a process that neither ingests nor searches.</summary>
    public static void AddStores(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.AddEmbedded();
        services.AddSingleton<IDocumentArchive, SqlDocumentArchive>();
        services.AddSingleton<KnowledgeBaseStore>();
        services.AddSingleton<KnowledgeBaseMemory>();
        services.AddSingleton<SiteStore>();
        services.AddSingleton<SiteAccessStore>();
        services.AddSingleton<SiteImageStore>();
        services.AddSingleton<CrawlRunStore>();
        services.AddSingleton<CrawlRequests>();
        services.AddSingleton<ScheduleStore>();
        services.AddSingleton<CrawlReport>();
        services.AddSingleton<BrokenLinkReport>();
        services.AddSingleton<CrawledUrls>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<FaqStore>();
        services.AddSingleton<FaqQuestionStore>();
        services.AddSingleton<FrameStore>();
        services.AddSingleton<PromptTemplateStore>();
        services.AddSingleton<ExampleStore>();
        services.AddSingleton<HandoverStore>();
        services.AddSingleton<HandoverTargetStore>();
        services.AddSingleton<IntentStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<FeedbackStore>();
        services.AddSingleton<MessageTraceStore>();
        services.AddSingleton<GoldenQuestionStore>();
        services.AddSingleton<VisitorQuestions>();
        services.AddSingleton<EvaluationStore>();
        services.AddSingleton<EvaluationSettingsStore>();
        services.AddSingleton<LiveModelStore>();
        services.AddSingleton<DriftStore>();
        services.AddSingleton<ConversationArchive>();
        services.AddSingleton<ModelUsageStore>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    /// <summary>
    /// Makes what the backends need to work: directories, the schema, the knowledge base that exists from the start. Call it
    /// before anything else runs; safe to repeat and to run by several processes at once.
    /// </summary>
    /// <exception cref="StorageException">The data cannot be used; the message says why and what to do.</exception>
    public static async Task InitializeBackendsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<Database>().MigrateAsync(cancellationToken);
        foreach (var part in services.GetServices<IBackendPart>())
            await part.PrepareAsync(cancellationToken);
        services.GetService<FileBlobStore>()?.Prepare(services.GetRequiredService<TimeProvider>());
        await services.GetRequiredService<KnowledgeBaseStore>().EnsureDefaultAsync(cancellationToken);
    }

    /// <inheritdoc cref="InitializeBackendsAsync(IServiceProvider, CancellationToken)"/>
    public static Task InitializeBackendsAsync(this IHost host, CancellationToken cancellationToken) =>
        host.Services.InitializeBackendsAsync(cancellationToken);

    private static void AddEmbedded(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<DataOptions, DataOptionsValidator>()
            .Configure<IConfiguration>((options, configuration) => options.Directory = configuration["CHATBOT_DATA"] is { Length: > 0 } directory ? directory : options.Directory)
            .BindConfiguration("Data");
        services.AddOptionsWithValidateOnStart<JobQueueOptions, JobQueueOptionsValidator>().BindConfiguration("Jobs");
        services.AddOptionsWithValidateOnStart<CacheOptions, CacheOptionsValidator>().BindConfiguration("Cache");

        services.AddSingleton<Database>(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteDatabase>>(),
            provider.GetRequiredService<IOptions<DataOptions>>().Value.CacheMegabytes));
        services.AddSingleton<IJobQueue, SqliteJobQueue>();
        services.AddSingleton<FileBlobStore>();
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<FileBlobStore>());
        services.AddSingleton<ICache, MemoryCacheWithTags>();
    }
}
