namespace Chatbot.Backends.Embedded.Index;

/// <summary>A word of a question with the terms of the index that stand for it.</summary>
/// <param name="Terms">UTF-8; any of them is a match, and several count as the best of them. Empty: the index lacks it.</param>
/// <param name="Idf">How rare it is in the index.</param>
internal sealed record ResolvedWord(string Text, IReadOnlyList<byte[]> Terms, double Idf);
