using System.CommandLine;

namespace Chatbot.Benchmarks.Search;

/// <summary><c>search</c>: how fast, exact and large the embedded index is, beside SQLite's FTS5 and a scan of floats in the same run.</summary>
internal static class SearchCommand
{
    private static readonly Option<int> Chunks = new("--chunks") { Description = "How many chunks to search", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Characters = new("--characters") { Description = "Length of a chunk's text, about", DefaultValueFactory = _ => 900 };
    private static readonly Option<string> Data = new("--data") { Description = "Directory that keeps what was made, one folder for each number of chunks", Required = true };
    private static readonly Option<int> Questions = new("--questions") { Description = "Questions to ask in each measurement", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Replace = new("--replace") { Description = "Documents to replace each second while searching; 0 does without", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long to replace documents", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> Rebuild = new("--rebuild") { Description = "Build the index anew and put it in the other's place while searching" };
    private static readonly Option<bool> Alone = new("--alone") { Description = "Without the peers" };

    public static Command Create()
    {
        var command = new Command("search", "The embedded index at scale: time, recall and memory of hybrid searches, beside SQLite FTS5 and a scan of floats")
        {
            Chunks, Characters, Data, Questions, Replace, Seconds, Rebuild, Alone,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (chunks, characters) = (parsed.GetValue(Chunks), parsed.GetValue(Characters));
        var directory = Path.GetFullPath(Path.Combine(parsed.GetValue(Data)!, $"{chunks}-{characters}"));
        Directory.CreateDirectory(directory);
        var report = new Report(Console.Out);
        var corpus = new SyntheticCorpus(chunks, characters);
        using var data = new SearchData(directory, corpus);
        await data.PrepareAsync(report, cancellationToken);

        var questions = Enumerable.Range(0, parsed.GetValue(Questions)).Select(corpus.MakeQuestion).ToList();
        await HybridSearch.MeasureAsync(data, corpus, questions, report, cancellationToken);
        if (parsed.GetValue(Replace) is var rate and > 0)
            await ReplaceLoad.MeasureAsync(data, corpus, questions, rate, TimeSpan.FromSeconds(parsed.GetValue(Seconds)), report, cancellationToken);
        if (parsed.GetValue(Rebuild)) await RebuildLoad.MeasureAsync(data, corpus, questions, report, cancellationToken);
        await FloatScan.MeasureAsync(data, corpus, questions, parsed.GetValue(Alone), report, cancellationToken);
        if (!parsed.GetValue(Alone)) FullTextPeer.Measure(Path.Combine(directory, "fts5.db"), corpus, questions, report);
        report.Add("load of the machine, processors", $"{await LoadAsync(cancellationToken)}, {Environment.ProcessorCount}");
        await report.PrintAsync();
        return 0;
    }

    // What else runs decides about times as much as the program does.
    private static async Task<string> LoadAsync(CancellationToken cancellationToken) =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0] : "unknown";
}
