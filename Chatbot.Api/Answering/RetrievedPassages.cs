using Chatbot.Api.Retrieval;

namespace Chatbot.Api.Answering;

/// <summary>What an answer would be made from, the best first.</summary>
/// <param name="Answerable">How likely these passages answer the question, 0 to 1.</param>
public sealed record RetrievedPassages(IReadOnlyList<SearchHit> Items, double Answerable)
{
    internal static RetrievedPassages From(RetrievalResult found) => new([.. found.Passages.Select(SearchHit.From)], Math.Round(found.Answerable, 4));
}
