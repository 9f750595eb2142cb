using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The embedded index with its embedding model, and the worker that writes its files.</summary>
internal static class ChunkIndexSetup
{
    public static void AddChunkIndex(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new EmbeddedChunkIndex(
            provider.GetRequiredService<Database>(),
            Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath, "index"),
            LocalEmbeddingGenerator.ModelId,
            LocalEmbeddingGenerator.Dimensions,
            provider.GetRequiredService<ILogger<EmbeddedChunkIndex>>()));
        services.AddSingleton<IVectorQueue>(provider => new VectorQueue(
            provider.GetRequiredService<Database>(), LocalEmbeddingGenerator.ModelId, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IChunkIndex>(provider => provider.GetRequiredService<EmbeddedChunkIndex>());
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_ => new LocalEmbeddingGenerator());
        services.AddHostedService<IndexMaintenance>();
    }
}
