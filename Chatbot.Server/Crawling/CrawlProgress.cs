using System.Diagnostics;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Spectre.Console;

namespace Chatbot.Server.Crawling;

/// <summary>Waits for a run and the ingestion behind it, and shows how far they are: a bar on a terminal, lines elsewhere.</summary>
internal static class CrawlProgress
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    public static async Task<CrawlRun> WaitAsync(CommandHost host, CrawlRun run, long started, CancellationToken cancellationToken)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !terminal.Profile.Capabilities.Interactive) return await WaitAsync(host, run, Lines(started), cancellationToken);

        CrawlRun last = run;
        await terminal.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new SpinnerColumn()).StartAsync(async progress =>
        {
            var bar = progress.AddTask("crawl");
            last = await WaitAsync(host, run, (now, waiting, why) =>
            {
                var known = Done(now.Counters) + now.Counters.Queued;
                bar.MaxValue = Math.Max(1, known + waiting);
                bar.Value = Done(now.Counters);
                bar.Description = Markup.Escape(Line(now, waiting, why));
            }, cancellationToken);
        });
        return last;
    }

    private static async Task<CrawlRun> WaitAsync(CommandHost host, CrawlRun run, Action<CrawlRun, int, string?> show, CancellationToken cancellationToken)
    {
        var (runs, queue, waits) = (host.Get<CrawlRunStore>(), host.Get<IJobQueue>(), new CrawlWaits(host, run.Id));
        while (true)
        {
            var now = await runs.FindAsync(run.Id, cancellationToken) ?? throw new CommandFailedException("The site was deleted while it was crawled.");
            var documents = await queue.GetDepthAsync(Queues.Documents, cancellationToken);
            show(now, documents.Waiting + documents.Leased, await waits.ExplainAsync(Done(now.Counters), cancellationToken));
            if (now.State is CrawlRunState.Completed or CrawlRunState.Cancelled or CrawlRunState.Failed && documents.IsIdle) return now;
            await Task.Delay(Look, cancellationToken);
        }
    }

    private static Action<CrawlRun, int, string?> Lines(long started)
    {
        var last = TimeSpan.Zero;
        return (run, waiting, why) =>
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed - last < LineEvery) return;
            last = elapsed;
            Console.Error.WriteLine($"{elapsed.TotalSeconds,6:0} s  {Line(run, waiting, why)}");
        };
    }

    private static string Line(CrawlRun run, int waiting, string? why) =>
        $"{run.State.ToString().ToLowerInvariant()}: {run.Counters.Fetched} fetched, {run.Counters.Queued} to go, {run.Counters.Failed} failed; {waiting} documents to ingest{(why is null ? "" : "; " + why)}";

    private static int Done(CrawlCounters c) => c.New + c.Changed + c.Unchanged + c.Gone + c.Duplicate + c.Skipped + c.Failed;
}
