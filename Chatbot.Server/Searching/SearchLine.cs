namespace Chatbot.Server.Searching;

/// <summary>A passage, as <c>search --json</c> prints it.</summary>
internal sealed record SearchLine(
    int Rank, double Score, string Url, string? Title, IReadOnlyList<string> HeadingPath, string Text, string DocumentId, string ChunkId)
{
    /// <summary>Only when questions are read from standard input.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Question { get; init; }

    /// <summary>Only with <c>--explain</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Chatbot.Api.Retrieval.Explaining.PassageExplanation? Explanation { get; init; }
}
