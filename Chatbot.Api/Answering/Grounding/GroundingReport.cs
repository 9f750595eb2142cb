namespace Chatbot.Api.Answering.Grounding;

/// <summary>How much of an answer its sources bear out.</summary>
/// <param name="Sentences">Those that claim something.</param>
/// <param name="Unsupported">Each with what was missing: <c>figure: It costs 30 euros.</c></param>
internal sealed record GroundingReport(int Sentences, IReadOnlyList<string> Unsupported);
