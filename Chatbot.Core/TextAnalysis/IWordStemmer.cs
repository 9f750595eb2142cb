namespace Chatbot.Core.TextAnalysis;

/// <summary>Takes the endings off words of one language. Not safe for concurrent use.</summary>
internal interface IWordStemmer
{
    /// <summary>The stem of a lower-case, composed word. The span is valid until the next call.</summary>
    ReadOnlySpan<char> Stem(ReadOnlySpan<char> word);
}
