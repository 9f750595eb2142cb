namespace Chatbot.Core.TextAnalysis;

/// <summary>One term of a text, as the index stores it.</summary>
/// <param name="Text">The term; at most <see cref="TextAnalyzer.LongestTerm"/> characters.</param>
/// <param name="Position">Place in the sequence of words, from 0, never falling. The exact form of an identifier has
/// the position of its first part, so that a phrase matches by parts too.</param>
/// <param name="Start">First character in the analysed text.</param>
/// <param name="Length">Number of characters in the analysed text.</param>
/// <param name="Kind">What the term stands for.</param>
public readonly record struct Term(string Text, int Position, int Start, int Length, TermKind Kind);
