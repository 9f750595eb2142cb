using Chatbot.Core;

namespace Chatbot.Backends.Faqs;

/// <summary>The questions of an entry, with their vectors as far as they were made.</summary>
/// <param name="Questions">The question, then its alternatives.</param>
/// <param name="Model">Which model made the vectors; null when there are none, or of other questions.</param>
/// <param name="Vectors">One after the other, in the order of the questions; empty without a model.</param>
public sealed record FaqQuestions(string FaqId, string? Language, IReadOnlyList<string> Questions, string? Model, float[] Vectors)
{
    /// <summary>Names the questions: vectors of others are of no use.</summary>
    public static string HashOf(IEnumerable<string> questions) => Ids.Hash(string.Join('\n', questions));
}
