using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chatbot.Server;

/// <summary>Writes results to standard output.</summary>
internal static class Output
{
    // People read these lines too: umlauts and Chinese stay as they are.
    private static readonly JsonSerializerOptions Readable = new(ServerJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))));

    /// <summary>The questions of a command: its argument, or the lines of standard input when it has none.</summary>
    public static async IAsyncEnumerable<(string Question, bool FromInput)> QuestionsAsync(
        string? argument, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (argument is not null)
        {
            yield return (argument, false);
            yield break;
        }

        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) yield return (line.Trim(), true);
        }
    }
}
