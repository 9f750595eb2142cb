using Chatbot.Api.Http;
using Chatbot.Backends.Routing;
using Chatbot.Core;
using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>What a knowledge base knows of intents: its own examples and the shipped ones. Safe for concurrent use.</summary>
internal sealed class ExampleBook
{
    // So many are compared with each question: a millisecond.
    private const int MostExamples = 5_000;

    private readonly Remembered<ExampleSet> _known;

    public ExampleBook(ExampleStore examples, IntentStore intents, TimeProvider clock)
    {
        _known = new(clock, async (knowledgeBaseId, cancellationToken) => new ExampleSet(
            await examples.ListAsync(new ExampleFilter { KnowledgeBaseId = knowledgeBaseId, Limit = MostExamples }, cancellationToken),
            await intents.ListAsync(knowledgeBaseId, cancellationToken)));
    }

    public Task<ExampleSet> OfAsync(string knowledgeBaseId, CancellationToken cancellationToken) => _known.GetAsync(knowledgeBaseId, cancellationToken);

    /// <summary>Examples or intents of the knowledge base changed.</summary>
    public void Forget(string knowledgeBaseId) => _known.Forget(knowledgeBaseId);
}

/// <summary>The examples and intents of a knowledge base at one moment.</summary>
internal sealed class ExampleSet
{
    private readonly Dictionary<string, List<RoutedText>> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Intent> _intents;

    public ExampleSet(IReadOnlyList<Example> own, IReadOnlyList<Intent> intents)
    {
        foreach (var example in own)
            _byText[ExampleStore.Normalise(example.Text)] = [new RoutedText(example.Intent, example.Text, example.Language, IsShipped: false)];
        foreach (var shipped in ShippedExamples.All)
        {
            var same = _byText.TryGetValue(ExampleStore.Normalise(shipped.Text), out var known) ? known : _byText[ExampleStore.Normalise(shipped.Text)] = [];
            // What an editor says of a text counts, whatever is shipped.
            if (same.TrueForAll(text => text.IsShipped)) same.Add(shipped);
        }

        Texts = [.. _byText.Values.SelectMany(texts => texts)];
        _intents = intents.ToDictionary(intent => intent.Name, StringComparer.Ordinal);
        Stamp = Ids.Derive([
            .. Texts.SelectMany(text => new[] { text.Intent, text.Text }),
            .. intents.SelectMany(intent => intent.Answers.SelectMany(answer => new[] { answer.Key, answer.Value }).Prepend(intent.Template ?? "").Prepend(intent.Name))]);
    }

    /// <summary>Own ones before shipped ones.</summary>
    public IReadOnlyList<RoutedText> Texts { get; }

    /// <summary>Follows from all of it: what is kept of questions holds as long as this stays.</summary>
    public string Stamp { get; }

    /// <summary>Names of all intents that there are, built in or not.</summary>
    public IReadOnlyList<string> Names => [.. Intent.BuiltIn.Concat(_intents.Keys).Distinct(StringComparer.Ordinal)];

    /// <returns>The example that says the same in the same words; null when there is none.</returns>
    /// <param name="language">To be preferred: "Hi" is said in several.</param>
    public RoutedText? FindSame(string question, string language) =>
        _byText.TryGetValue(ExampleStore.Normalise(question), out var same) ? same.Find(text => text.Language == language) ?? same[0] : null;

    /// <summary>What is set of an intent; null for a name that there is none of.</summary>
    public Intent? Find(string name) => _intents.GetValueOrDefault(name) ?? (Intent.BuiltIn.Contains(name) ? new Intent { Name = name } : null);
}
