using Chatbot.Api.Answering.Grounding;

namespace Chatbot.Api.Answering.Generating;

/// <summary>How a generated answer grows and ends: any number of <see cref="Text"/>s, then one of the others.</summary>
internal abstract record GenerationPart
{
    private GenerationPart()
    {
    }

    public sealed record Text(string Piece) : GenerationPart;

    /// <param name="Model">Which model wrote it.</param>
    public sealed record Finished(DraftAnswer Draft, TokenUsage? Usage, string Model) : GenerationPart;

    /// <summary>The sources bear out none of its sentences, and such are left out.</summary>
    public sealed record Unsupported(GroundingReport? Report, TokenUsage? Usage, string Model) : GenerationPart;

    /// <summary>The model says that the passages do not answer the question.</summary>
    public sealed record NoAnswer(TokenUsage? Usage, string Model) : GenerationPart;

    /// <summary>The model began to say its instructions, and was stopped.</summary>
    /// <param name="Draft">What it had said by then; null when nothing.</param>
    public sealed record Leaked(DraftAnswer? Draft, string Model) : GenerationPart;

    /// <param name="Draft">What it had said by then; null when nothing.</param>
    /// <param name="Model">Which model had begun; null when none.</param>
    public sealed record Failed(DraftAnswer? Draft, string? Model) : GenerationPart;
}
