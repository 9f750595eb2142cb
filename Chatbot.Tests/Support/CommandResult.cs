using System.Text.Json;

namespace Chatbot.Tests.Support;

/// <summary>What a command left behind when it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON, one value a line; fails when a line is anything else.</summary>
    public IReadOnlyList<JsonElement> Json { get; } = Output.StartsWith('{')
        ? [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]
        : [];

    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Object => Json.Count == 1 ? Json[0] : throw new InvalidOperationException($"No single JSON object: {this}");

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
