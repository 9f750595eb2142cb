using Chatbot.Core.Chunks;
using System.Globalization;
using System.Text;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Telemetry;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Extractive;

/// <summary>An answer without a model: the sentences of the sources that answer, each with its citation. Safe for concurrent use.</summary>
internal sealed class ExtractiveAnswer(UnitMeaning meaning)
{
    /// <summary>Scores are log-odds: what is so far behind the best is a twentieth as likely to be the right passage.</summary>
    internal static readonly double FurthestBehind = Math.Log(20);

    // What ranks lower rarely answers, and its chance likeness in words would compete with what does.
    private const int Passages = 6;

    /// <param name="question">As it was searched for.</param>
    /// <returns>The answer, or null when the passages hold none.</returns>
    public async Task<DraftAnswer?> ComposeAsync(string question, RetrievalResult found, CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("extract");
        var passages = found.Passages.Take(Passages).Where(passage => passage.Score >= found.Passages[0].Score - FurthestBehind).ToList();
        if (passages.Count == 0)
            return null;
        // What the asker cannot read is of use only where it is the best there is.
        var readable = new[] { LanguageDetector.Detect(question), passages[0].Chunk.Language };
        passages.RemoveAll(passage => passage.Chunk.Language is { } language && !readable.Contains(language));
        var scorer = new UnitScorer(found.Terms);
        var byWords = scorer.Score(passages);
        var byMeaning = await meaning.WeighAsync(found, byWords, scorer, cancellationToken);
        var units = UnitPicker.Pick(byMeaning ?? byWords, scorer, isByMeaning: byMeaning is not null);
        return units.Count == 0 ? null : Write(units);
    }

    private static DraftAnswer Write(IReadOnlyList<AnswerUnit> units)
    {
        var text = new StringBuilder();
        var book = new CitationBook();
        AnswerUnit? before = null;
        foreach (var unit in units)
        {
            if (before is not null) text.Append(Between(before, unit));
            if (Context(unit, before) is { } context) text.Append(context);
            var number = book.Cite(unit.Passage, unit.Text);
            text.Append(unit.Row(before)).Append(CultureInfo.InvariantCulture, $" [{number}]");
            before = unit;
        }

        return new DraftAnswer(text.ToString(), book.Citations);
    }

    private static string Between(AnswerUnit before, AnswerUnit unit) =>
        before.Passage.Chunk.Id != unit.Passage.Chunk.Id ? "\n\n" : before.StandsAlone || unit.StandsAlone ? "\n" : " ";

    // A row or an item out of its table needs to be told what it is of.
    private static string? Context(AnswerUnit unit, AnswerUnit? before)
    {
        if (!unit.StandsAlone || before?.Passage.Chunk.Id == unit.Passage.Chunk.Id) return null;
        var heading = unit.Passage.Chunk.HeadingPath is [.., var nearest] ? nearest : unit.Passage.Chunk.Title;
        return string.IsNullOrWhiteSpace(heading) || heading.Length > 100 ? null : $"{heading}:\n";
    }
}
