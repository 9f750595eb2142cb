using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>
/// What of a model's words is shown: without invented citations, without the model's instructions, and with each sentence
/// marked or left out that the sources do not bear out. Words that may be marked are shown at once, for their mark comes
/// behind them; where sentences are left out each waits until it is checked. Not safe for concurrent use.
/// </summary>
internal sealed partial class ShownAnswer(CitationFilter filter, PromptLeak leak, SentenceStream sentences, GroundingCheck check, GroundingMode mode)
{
    /// <summary>Stands behind a sentence that the sources do not bear out.</summary>
    public const string Mark = "[?]";

    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public bool IsEmpty => _text.Length == 0;

    public bool IsLeaking => leak.IsLeaking;

    /// <summary>Sentences were left out.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Null where sentences are not checked.</summary>
    public GroundingReport? Report => mode == GroundingMode.Off ? null : check.Report;

    /// <summary>The numbers that the text cites.</summary>
    public IReadOnlyCollection<int> Cited => HasDropped
        ? [.. filter.Cited.Where(number => Text.Contains($"[{number}]", StringComparison.Ordinal))]
        : filter.Cited;

    /// <inheritdoc cref="GroundingCheck.SpanOf"/>
    public string? SpanOf(int number) => check.SpanOf(number);

    /// <returns>What can be shown by now; null when nothing.</returns>
    public Task<string?> NextAsync(string piece, CancellationToken cancellationToken) => ShowAsync(leak.Next(filter.Next(piece)), isEnd: false, cancellationToken);

    /// <returns>What was held back at the end of the text.</returns>
    public Task<string?> EndAsync(CancellationToken cancellationToken) => ShowAsync(leak.Next(filter.End()) + leak.End(), isEnd: true, cancellationToken);

    private async Task<string?> ShowAsync(string piece, bool isEnd, CancellationToken cancellationToken)
    {
        if (mode == GroundingMode.Off) return Keep(piece);
        sentences.Add(piece);
        var shown = new StringBuilder();
        while (sentences.TakeComplete(isEnd, out var unshown) is { } sentence)
        {
            var isSupported = sentence.Length == 0 || (await check.CheckAsync(sentence, cancellationToken)).IsSupported;
            HasDropped |= !isSupported && mode == GroundingMode.Drop;
            if (isSupported || mode == GroundingMode.Mark) shown.Append(unshown);
            if (!isSupported && mode == GroundingMode.Mark) shown.Append(Dense.IsMatch(sentence) ? Mark : $" {Mark}");
        }

        if (mode == GroundingMode.Mark) shown.Append(sentences.TakeOpen());
        // What came before the first sentence that is kept belonged to one that is not.
        return Keep(HasDropped && _text.Length == 0 ? shown.ToString().TrimStart() : shown.ToString());
    }

    private string? Keep(string piece)
    {
        _text.Append(piece);
        return piece.Length == 0 ? null : piece;
    }

    [GeneratedRegex(@"[。！？](?:\s?\[\d{1,3}\])*$")]
    private static partial Regex Dense { get; }
}
