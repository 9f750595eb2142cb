using System.CommandLine;
using System.Text.Json;
using Chatbot.Backends;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.Servers.OpenAi.Embeddings;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.AI;

namespace Chatbot.Server.Embedding;

/// <summary><c>chatbot embed</c>: vectors of the configured model, of the local one the ids too, for those who want to check or use them. Needs no data directory.</summary>
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
        // Not started: the stores stay closed.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();
        builder.AddBackends();
        using var host = builder.Build();
        var generator = host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(IVectorModels.TextsKey);
        var local = generator.GetService(typeof(LocalEmbeddingGenerator)) as LocalEmbeddingGenerator;
        var number = 0;
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var text = Read(line, number);
            var options = text.Kind == EmbeddingKind.Query ? EmbeddingKind.ForQueries() : EmbeddingKind.ForPassages();
            var ids = local is null ? null : await local.GetTokenIdsAsync(text.Text, text.Kind, cancellationToken);
            Output.WriteJson(new EmbedOutput(text.Kind, text.Text, ids, await EmbedAsync(generator, text.Text, options, cancellationToken)));
        }

        return 0;
    }

    private static async Task<float[]> EmbedAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, string text, EmbeddingGenerationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return (await generator.GenerateAsync([text], options, cancellationToken))[0].Vector.ToArray();
        }
        catch (EmbeddingEndpointException error)
        {
            throw new CommandFailedException(error.Message);
        }
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

internal sealed record EmbedOutput(string Kind, string Text, IReadOnlyList<int>? Ids, IReadOnlyList<float> Vector);
