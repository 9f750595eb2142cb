namespace Chatbot.Core.Answering;

/// <summary>A numbered reference in an answer.</summary>
/// <param name="Number">As it stands in the answer: <c>[1]</c>.</param>
/// <param name="Url">Lands on the words: with a text fragment for pages, <c>#page=</c> for PDF.</param>
/// <param name="Title">Of the document.</param>
/// <param name="Text">The passage that was cited.</param>
public sealed record Citation(int Number, string Url, string Title, string Text, string DocumentId, string ChunkId)
{
    /// <summary>Links that the source has on words of the answer; null when there are none.</summary>
    public IReadOnlyList<CitedLink>? Links { get; init; }
}
