using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Servers.OpenAi.Embeddings;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>What an index records of a model.</summary>
/// <param name="Name">Stands for all of it, at most 64 characters.</param>
/// <param name="Model">As its endpoint calls it.</param>
internal sealed record EmbeddingModel(string Name, string Model, int Dimensions, string QueryPrefix, string PassagePrefix)
{
    public static readonly EmbeddingModel Local = new(LocalEmbeddingGenerator.ModelId, LocalEmbeddingGenerator.ModelId, LocalEmbeddingGenerator.Dimensions, "query: ", "passage: ");

    public static EmbeddingModel Of(EmbeddingsOptions options) => options.IsConfigured
        ? new EmbeddingModel(options.SpaceName, options.Model!, options.Dimensions, options.QueryPrefix, options.PassagePrefix)
        : Local;
}
