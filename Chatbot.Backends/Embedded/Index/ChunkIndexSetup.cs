using Chatbot.Backends.Embedded.Models;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The embedded index, and the worker that writes its files.</summary>
internal static class ChunkIndexSetup
{
    public static void AddChunkIndex(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new EmbeddedChunkIndex(
            provider.GetRequiredService<Database>(),
            DirectoryOf(provider),
            provider.GetRequiredService<VectorSpaces>(),
            provider.GetRequiredService<ILogger<EmbeddedChunkIndex>>()));
        services.AddSingleton<IVectorQueue>(provider => new VectorQueue(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<VectorSpaces>().Configured.Model, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IChunkIndex>(provider => provider.GetRequiredService<EmbeddedChunkIndex>());
        services.AddSingleton<IIndexBuilds>(provider => new IndexBuilds(
            provider.GetRequiredService<Database>(),
            DirectoryOf(provider),
            provider.GetRequiredService<VectorSpaces>(),
            provider.GetRequiredService<EmbeddedChunkIndex>().Traffic,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<IndexMaintenance>();
    }

    /// <summary>Where its files are.</summary>
    public static string DirectoryOf(IServiceProvider provider) => Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath, "index");
}
