using System.CommandLine;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Routing;
using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Benchmarks.Embed;

/// <summary>Makes the vectors of the shipped examples anew; to be run when these change.</summary>
internal static class ExampleVectorsCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--out") { Description = "The file to write", DefaultValueFactory = _ => "Chatbot.Api/Routing/examples.vectors" };
        var command = new Command("examples", "Makes the vectors of the shipped examples of intents anew, after examples.json was changed") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var generator = new LocalEmbeddingGenerator();
            var vectors = await generator.GenerateAsync(ShippedExamples.All.Select(example => example.Text), EmbeddingKind.ForQueries(), cancellationToken);
            await File.WriteAllBytesAsync(parsed.GetValue(file)!, ShippedVectors.Write(ShippedExamples.All, [.. vectors.Select(vector => vector.Vector)]), cancellationToken);
            Console.WriteLine($"{vectors.Count} vectors");
            return 0;
        });
        return command;
    }
}
