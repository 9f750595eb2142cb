namespace Chatbot.Backends.Embedded.Index;

/// <summary>A word of a question with the terms of the index that stand for it.</summary>
/// <param name="Terms">Any of them is a match, and several count as the best of them. Empty: the index lacks it.</param>
/// <param name="Idf">How rare it is in the index.</param>
internal sealed record ResolvedWord(string Text, IReadOnlyList<ResolvedTerm> Terms, double Idf)
{
    /// <summary>What the word was taken for because the index lacks it; otherwise empty.</summary>
    public IReadOnlyList<string> ReadAs { get; init; } = [];
}

/// <summary>A term of the index that stands for a word of a question.</summary>
/// <param name="Bytes">UTF-8.</param>
/// <param name="Weight">What its match counts beside one of the word itself, above 0 to 1.</param>
internal readonly record struct ResolvedTerm(byte[] Bytes, float Weight = 1);

/// <summary>A question as a snapshot understands it.</summary>
/// <param name="Words">In order, without stop words.</param>
internal sealed record ResolvedQuestion(IReadOnlyList<ResolvedWord> Words, IReadOnlyList<ResolvedPhrase> Phrases);

/// <summary>A quoted phrase.</summary>
/// <param name="Words">For each of its words the terms of which a chunk must hold one; empty when the index lacks one of the words.</param>
internal sealed record ResolvedPhrase(Chatbot.Core.TextAnalysis.QuotedPhrase Phrase, IReadOnlyList<IReadOnlyList<byte[]>> Words);
