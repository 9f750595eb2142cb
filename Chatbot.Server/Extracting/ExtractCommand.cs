using System.CommandLine;
using System.Diagnostics;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion;
using Chatbot.Ingestion.Extracting;

namespace Chatbot.Server.Extracting;

/// <summary><c>chatbot extract FILE…</c>: what ingestion would read of files. Needs no data directory.</summary>
internal static class ExtractCommand
{
    private static readonly Argument<string[]> Files = new("file") { Description = "Files to read", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("extract", "Show the text of documents as structure") { Files, CommonOptions.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
        builder.AddExtracting();
        builder.Services.AddSingleton<IDocumentArchive, NoArchive>();
        using var host = builder.Build();
        var extractors = host.Services.GetRequiredService<Extractors>();

        var failed = false;
        foreach (var file in parsed.GetValue(Files)!)
        {
            var line = await ReadAsync(extractors, file, cancellationToken);
            failed |= line.Error is not null;
            if (parsed.GetValue(CommonOptions.Json)) Output.WriteJson(line);
            else if (line.Error is { } error) await Console.Error.WriteLineAsync($"{file}: {error}");
            else Console.WriteLine($"# {line.Title ?? file}\n\n{line.Markdown}");
        }

        return failed ? 1 : 0;
    }

    private static async Task<ExtractLine> ReadAsync(Extractors extractors, string file, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            var read = await extractors.ReadAsync(new ExtractionSource(bytes, file, null), cancellationToken);
            return new ExtractLine(file, read.Title, read.Language, read.ToPlainText(), read.ToMarkdown(), read.Blocks, read.Pages, read.OcrPages, Ms(), null);
        }
        catch (Exception error) when (error is ExtractionFailedException or IOException or UnauthorizedAccessException)
        {
            return new ExtractLine(file, null, null, "", "", [], 0, 0, Ms(), error.Message);
        }

        double Ms() => Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1);
    }

    /// <summary>Nothing is remembered: a file is read each time.</summary>
    private sealed class NoArchive : IDocumentArchive
    {
        public Task<Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken) => Task.FromResult<Extraction?>(null);

        public Task KeepAsync(string blobHash, string extractorVersion, Extraction extraction, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
