using System.CommandLine;

namespace Chatbot.Benchmarks.Ingest;

/// <summary><c>ingest</c>: from stored pages to searchable ones.</summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var pages = new Option<DirectoryInfo>("--pages") { Description = "Folder of HTML files", DefaultValueFactory = _ => new DirectoryInfo("/usr/share/doc/postgresql-doc-15/html") };
        var workers = new Option<int>("--workers") { Description = "Documents at work at once", DefaultValueFactory = _ => 2 };
        var command = new Command("ingest", "Ingestion from end to end without model calls: from stored pages to searchable ones, pages a second") { pages, workers };
        command.SetAction((parsed, cancellationToken) => IngestBenchmark.RunAsync(parsed.GetValue(pages)!, parsed.GetValue(workers), Console.Out, cancellationToken));
        return command;
    }
}
