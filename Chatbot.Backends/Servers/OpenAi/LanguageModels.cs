using Microsoft.Extensions.AI;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>The configured language models. Safe for concurrent use.</summary>
/// <param name="All">In the order of preference; empty when none is configured.</param>
/// <param name="Options">How to deal with them.</param>
public sealed record LanguageModels(IReadOnlyList<LanguageModel> All, LlmOptions Options)
{
    /// <summary>What a request may ask for: names of models, each once, and <c>provider/model</c> where several providers have a model of that name.</summary>
    public IReadOnlyList<string> Choices { get; } = [.. All.SelectMany(m => m.Choices).Distinct(StringComparer.Ordinal), .. All.SelectMany(m => m.Choices.Where(name => IsDoubled(All, name)).Select(name => Qualified(m, name)))];

    /// <summary>Who is asked for a choice, in order, and by which name of the model.</summary>
    /// <param name="choice">One of <see cref="Choices"/>.</param>
    public IEnumerable<(LanguageModel Model, string Name)> Find(string choice) => All.SelectMany(
        model => model.Choices.Where(name => name == choice || (Qualified(model, name) == choice && IsDoubled(All, name))).Take(1), (model, name) => (model, name));

    /// <summary>The choice that means a model at an endpoint and no other.</summary>
    /// <returns>Null when it is not configured.</returns>
    public string? ChoiceOf(string name, string endpoint) =>
        All.FirstOrDefault(model => model.Endpoint == endpoint && model.Choices.Contains(name)) is { } found ? IsDoubled(All, name) ? Qualified(found, name) : name : null;

    private static string Qualified(LanguageModel model, string name) => $"{model.Name}/{name}";

    private static bool IsDoubled(IReadOnlyList<LanguageModel> all, string name) => all.Count(model => model.Choices.Contains(name)) > 1;
}

/// <summary>A provider and its models.</summary>
/// <param name="Name">Of the provider.</param>
/// <param name="Endpoint">Its URL.</param>
/// <param name="Model">Which of its models is asked when the request does not choose.</param>
/// <param name="Choices">All of its models that a request may choose, that one first.</param>
/// <param name="InputPrice">For a million tokens that it reads.</param>
/// <param name="OutputPrice">For a million tokens that it writes.</param>
/// <param name="Client">Takes the model's name from the options of a request. Fails with <see cref="Core.Answering.ModelFailedException"/> only.</param>
public sealed record LanguageModel(string Name, string Endpoint, string Model, IReadOnlyList<string> Choices, decimal InputPrice, decimal OutputPrice, IChatClient Client)
{
    public bool IsPaid => InputPrice > 0 || OutputPrice > 0;

    public decimal CostOf(long inputTokens, long outputTokens) => ((InputPrice * inputTokens) + (OutputPrice * outputTokens)) / 1_000_000;
}
