using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Faqs;

namespace Chatbot.Server.Faqs;

/// <summary><c>faq export</c>: all entries of a knowledge base as a file.</summary>
internal static class FaqExportCommand
{
    private static readonly Argument<string?> File = new("file")
    {
        Description = "Where to write, .json for JSON, else CSV; standard output (CSV) when none is given",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("export", "Write all entries of a knowledge base to a file") { File, CommonOptions.KnowledgeBase, CommonOptions.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(File);
        if (path is null && parsed.GetValue(CommonOptions.Json)) throw new CommandFailedException("--json tells of the file that was written: name one.");
        await using var host = await CommandHost.StartAsync(parsed, builder => builder.AddFaqFiles(), cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var format = path?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true ? FaqFileFormat.Json : FaqFileFormat.Csv;
        var (bytes, entries) = await host.Get<FaqFiles>().ExportAsync(knowledgeBase, format, cancellationToken);
        if (path is null)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(bytes, cancellationToken);
            return 0;
        }

        await System.IO.File.WriteAllBytesAsync(path, bytes, cancellationToken);
        if (parsed.GetValue(CommonOptions.Json)) Output.WriteJson(new FaqExportSummary(path, entries));
        else Console.WriteLine($"{entries} entries written to {path}.");
        return 0;
    }
}
