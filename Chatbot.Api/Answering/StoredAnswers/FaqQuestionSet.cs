using System.Text;
using Chatbot.Backends.Faqs;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.StoredAnswers;

/// <summary>All questions that the editors of a knowledge base answered, as of one moment. Immutable.</summary>
internal sealed class FaqQuestionSet
{
    private readonly Dictionary<string, string> _same = new(StringComparer.Ordinal);

    /// <param name="entries">Those without vectors are found by the same words only.</param>
    public FaqQuestionSet(string stamp, IReadOnlyList<FaqQuestions> entries)
    {
        Stamp = stamp;
        var questions = new List<FaqQuestion>();
        var vectors = new List<float>();
        foreach (var entry in entries)
            foreach (var text in entry.Questions) _same.TryAdd(KeyOf(text), entry.FaqId);

        // Vectors of two models say nothing about each other: those of the one that most have.
        Model = entries.Where(entry => entry.Model is not null).GroupBy(entry => entry.Model).MaxBy(group => group.Count())?.Key;
        foreach (var entry in entries.Where(entry => Model is not null && entry.Model == Model))
        {
            questions.AddRange(entry.Questions.Select(text => new FaqQuestion(entry.FaqId, text, entry.Language)));
            vectors.AddRange(entry.Vectors);
        }

        Questions = questions;
        Vectors = [.. vectors];
        Size = entries.Sum(entry => entry.Questions.Count);
    }

    /// <summary>Of the entries when they were read.</summary>
    public string Stamp { get; }

    /// <summary>Questions, with or without vectors.</summary>
    public int Size { get; }

    public string? Model { get; }

    /// <summary>Those that have vectors.</summary>
    public IReadOnlyList<FaqQuestion> Questions { get; }

    public float[] Vectors { get; }

    public int Dimensions => Questions.Count == 0 ? 0 : Vectors.Length / Questions.Count;

    public ReadOnlySpan<float> VectorOf(int place) => Vectors.AsSpan(place * Dimensions, Dimensions);

    /// <returns>The entry that asks just this; null when there is none.</returns>
    public string? FindSame(string question) => _same.GetValueOrDefault(KeyOf(question));

    // Capitals, accents, blanks and the signs between words make no other question; C++ is another one than C.
    private static string KeyOf(string question)
    {
        var key = new StringBuilder(question.Length);
        foreach (var character in Folding.Fold(question))
        {
            if (char.IsLetterOrDigit(character) || char.IsSymbol(character) || character is '#' or '%' or '@' or '&' or '*') key.Append(character);
            else if (key.Length > 0 && key[^1] != ' ') key.Append(' ');
        }

        return key.ToString().Trim();
    }
}

/// <param name="Language">Two-letter code; null when it could not be told.</param>
internal sealed record FaqQuestion(string FaqId, string Text, string? Language);
