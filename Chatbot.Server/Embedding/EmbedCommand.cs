using System.CommandLine;
using System.Text.Json;
using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Server.Embedding;

/// <summary><c>chatbot embed</c>: ids and vectors of the local model, for those who want to check or use them. Needs no data directory.</summary>
internal static class EmbedCommand
{
    public static Command Create()
    {
        var command = new Command("embed", "Read {\"kind\":\"query\"|\"passage\",\"text\"} lines from standard input, print them with ids and vector");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var generator = new LocalEmbeddingGenerator();
        var number = 0;
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var text = Read(line, number);
            var options = text.Kind == EmbeddingKind.Query ? EmbeddingKind.ForQueries() : EmbeddingKind.ForPassages();
            var vectors = await generator.GenerateAsync([text.Text], options, cancellationToken);
            Output.WriteJson(new EmbedOutput(text.Kind, text.Text, await generator.GetTokenIdsAsync(text.Text, text.Kind, cancellationToken), vectors[0].Vector.ToArray()));
        }

        return 0;
    }

    private static EmbedInput Read(string line, int number)
    {
        try
        {
            var input = JsonSerializer.Deserialize(line, ServerJson.Default.EmbedInput);
            if (input is { Kind: EmbeddingKind.Query or EmbeddingKind.Passage, Text: not null }) return input;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new CommandFailedException($"Line {number} is no object like {{\"kind\":\"query\",\"text\":\"…\"}} with the kind query or passage.");
    }
}

internal sealed record EmbedInput(string Kind, string Text);

internal sealed record EmbedOutput(string Kind, string Text, IReadOnlyList<int> Ids, IReadOnlyList<float> Vector);
