using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Backends.Servers.OpenAi.Embeddings;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>The embedding model: that at the configured endpoint, or the one that ships with the product.</summary>
internal static class EmbeddingModelsSetup
{
    public static void AddEmbeddingModels(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<EmbeddingsOptions, EmbeddingsOptionsValidator>()
            .BindConfiguration(EmbeddingsOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) => options.Overlay(configuration));
        services.AddSingleton(_ => new LocalEmbeddingGenerator());
        services.AddSingleton(provider => new OpenAiEmbeddingGenerator(
            provider.GetRequiredService<IOptions<EmbeddingsOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAiEmbeddingGenerator>>()));
        services.AddSingleton(provider => EmbeddingModel.Of(provider.GetRequiredService<IOptions<EmbeddingsOptions>>().Value));
        services.AddSingleton(provider => SpacesOf(provider.GetRequiredService<EmbeddingModel>()));
        services.AddSingleton<EmbeddingModelRows>();
        services.AddSingleton(provider => new ModelChange(
            provider.GetRequiredService<EmbeddingModel>(),
            provider.GetRequiredService<VectorSpaces>(),
            provider.GetRequiredService<EmbeddingModelRows>(),
            provider.GetRequiredService<EmbeddedChunkIndex>(),
            ChunkIndexSetup.DirectoryOf(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ModelChange>>()));
        services.AddSingleton<IVectorModels>(provider => provider.GetRequiredService<ModelChange>());
        services.AddSingleton<IBackendPart>(provider => provider.GetRequiredService<ModelChange>());

        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(provider => new ModelGenerator(
            () => Of(provider, provider.GetRequiredService<VectorSpaces>().Asked)));
        services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(IVectorModels.TextsKey, (provider, _) => new ModelGenerator(
            () => Of(provider, provider.GetRequiredService<VectorSpaces>().Configured)));
    }

    /// <summary>The local model can always be asked, so questions may go on with its vectors until another one's are there.</summary>
    public static VectorSpaces SpacesOf(EmbeddingModel configured) =>
        new(new VectorSpace(configured.Name, configured.Dimensions), new VectorSpace(EmbeddingModel.Local.Name, EmbeddingModel.Local.Dimensions));

    private static IEmbeddingGenerator<string, Embedding<float>> Of(IServiceProvider provider, VectorSpace space) =>
        space.Model == EmbeddingModel.Local.Name ? provider.GetRequiredService<LocalEmbeddingGenerator>() : provider.GetRequiredService<OpenAiEmbeddingGenerator>();
}
