using Microsoft.Extensions.AI;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>The configured language models. Safe for concurrent use.</summary>
/// <param name="All">In the order of preference; empty when none is configured.</param>
/// <param name="Options">How to deal with them.</param>
public sealed record LanguageModels(IReadOnlyList<LanguageModel> All, LlmOptions Options)
{
    /// <summary>What a request may ask for: names of models, each once.</summary>
    public IReadOnlyList<string> Choices { get; } = [.. All.SelectMany(m => m.Choices).Distinct(StringComparer.Ordinal)];
}

/// <summary>A provider and its models.</summary>
/// <param name="Name">Of the provider.</param>
/// <param name="Model">Which of its models is asked when the request does not choose.</param>
/// <param name="Choices">All of its models that a request may choose, that one first.</param>
/// <param name="InputPrice">For a million tokens that it reads.</param>
/// <param name="OutputPrice">For a million tokens that it writes.</param>
/// <param name="Client">Takes the model's name from the options of a request. Fails with <see cref="Core.Answering.ModelFailedException"/> only.</param>
public sealed record LanguageModel(string Name, string Model, IReadOnlyList<string> Choices, decimal InputPrice, decimal OutputPrice, IChatClient Client)
{
    public bool IsPaid => InputPrice > 0 || OutputPrice > 0;

    public decimal CostOf(long inputTokens, long outputTokens) => ((InputPrice * inputTokens) + (OutputPrice * outputTokens)) / 1_000_000;
}
