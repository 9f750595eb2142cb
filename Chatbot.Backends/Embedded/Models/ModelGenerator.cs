using Microsoft.Extensions.AI;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>Asks whichever generator is the right one now. Does not own it.</summary>
internal sealed class ModelGenerator(Func<IEmbeddingGenerator<string, Embedding<float>>> current) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        current().GenerateAsync(values, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => current().GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // Whoever made the generators ends them.
    }
}
