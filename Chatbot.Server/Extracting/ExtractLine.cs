using Chatbot.Core.Extractions;

namespace Chatbot.Server.Extracting;

/// <summary>A file that was read, as <c>extract --json</c> prints it.</summary>
/// <param name="Error">Why it could not be read; null when it was.</param>
internal sealed record ExtractLine(
    string File, string? Title, string? Language, string Text, string Markdown, IReadOnlyList<Block> Blocks, int Pages, int OcrPages, double Ms, string? Error);
