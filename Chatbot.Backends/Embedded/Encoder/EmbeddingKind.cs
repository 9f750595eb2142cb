using Microsoft.Extensions.AI;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>What a text is to the model: a question and a stored passage are told apart by a prefix. Goes in
/// <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> under <see cref="Key"/>; without it a text is a
/// passage.</summary>
public static class EmbeddingKind
{
    /// <summary>The property's name.</summary>
    public const string Key = "kind";

    /// <summary>A visitor's question.</summary>
    public const string Query = "query";

    /// <summary>A stored text.</summary>
    public const string Passage = "passage";

    // Of what somebody waits for, but lets questions pass.
    private const string SoonKey = "soon";

    /// <summary>New options for questions.</summary>
    public static EmbeddingGenerationOptions ForQueries() => For(Query);

    /// <summary>New options for stored texts.</summary>
    public static EmbeddingGenerationOptions ForPassages() => For(Passage);

    /// <summary>New options for what somebody waits for, though not as a visitor for the vector of his question: after all
    /// questions that wait, before stored texts.</summary>
    /// <param name="kind"><see cref="Query"/> or <see cref="Passage"/>.</param>
    public static EmbeddingGenerationOptions Soon(string kind) => new() { AdditionalProperties = new() { [Key] = kind, [SoonKey] = true } };

    /// <returns>These are options of <see cref="Soon"/>.</returns>
    public static bool IsSoon(EmbeddingGenerationOptions? options) => options?.AdditionalProperties?.TryGetValue(SoonKey, out var value) == true && value is true;

    /// <returns><see cref="Query"/> or <see cref="Passage"/>.</returns>
    /// <exception cref="ArgumentException">The options name some other kind.</exception>
    public static string Of(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.TryGetValue(Key, out var kind))
            return Passage;
        return kind is Query or Passage
            ? (string)kind
            : throw new ArgumentException($"The kind of an embedding is '{Query}' or '{Passage}', not '{kind}'.", nameof(options));
    }

    private static EmbeddingGenerationOptions For(string kind) => new() { AdditionalProperties = new() { [Key] = kind } };
}
