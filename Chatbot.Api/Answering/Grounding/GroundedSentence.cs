using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>A sentence of an answer, held against the passages.</summary>
/// <param name="Missing">What the sources do not bear out: <c>figure</c>, <c>name</c>, <c>negation</c>, <c>source</c>; null when they do.</param>
/// <param name="Passage">Where it is from; null when nowhere, or when it claims nothing.</param>
/// <param name="Span">The words of the passage that it follows.</param>
internal sealed record GroundedSentence(string Text, string? Missing, Passage? Passage, string? Span)
{
    public bool IsSupported => Missing is null;
}
