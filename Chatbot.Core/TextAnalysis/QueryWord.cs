namespace Chatbot.Core.TextAnalysis;

/// <summary>One word of a question.</summary>
/// <param name="Text">The word folded, not stemmed: what spelling correction and compound splitting start from.</param>
/// <param name="Variants">Its terms in the languages of the index and in an unknown one, without repetition, at least one;
/// any of them is a match, and a match of several counts once.</param>
/// <param name="Kind">What the word is. <see cref="TermKind.Joined"/> and the exact form of an identifier stand beside
/// their parts: where the index lacks them, only the parts should weigh.</param>
/// <param name="IsStopWord">A function word: kept only in a question that has nothing else.</param>
/// <param name="Position">Place of its first occurrence among the question's words, from 0.</param>
public sealed record QueryWord(
    string Text, IReadOnlyList<string> Variants, TermKind Kind, bool IsStopWord, int Position)
{
    /// <summary>An identifier, a number or a piece of one: to be found exactly, not corrected.</summary>
    public bool IsIdentifier => Kind is TermKind.Identifier or TermKind.Number
        || (Kind == TermKind.Part && Text.Any(char.IsAsciiDigit));
}
