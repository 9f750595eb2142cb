using Chatbot.Core.Chunks;
using Spectre.Console;

namespace Chatbot.Server.Crawling;

/// <summary>Waits until every text has its vector, and shows how far that is: a bar on a terminal, lines elsewhere.</summary>
internal static class VectorProgress
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    public static async Task WaitAsync(CommandHost host, string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !terminal.Profile.Capabilities.Interactive)
        {
            var last = System.Diagnostics.Stopwatch.GetTimestamp();
            await WaitAsync(host, knowledgeBaseId, state =>
            {
                if (System.Diagnostics.Stopwatch.GetElapsedTime(last) < LineEvery) return;
                last = System.Diagnostics.Stopwatch.GetTimestamp();
                Console.Error.WriteLine($"{state.WithVector} of {state.Chunks} chunks have vectors");
            }, cancellationToken);
            return;
        }

        await terminal.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            var bar = progress.AddTask("vectors");
            await WaitAsync(host, knowledgeBaseId, state => (bar.MaxValue, bar.Value) = (Math.Max(1, state.Chunks), state.WithVector), cancellationToken);
        });
    }

    private static async Task WaitAsync(CommandHost host, string knowledgeBaseId, Action<IndexState> show, CancellationToken cancellationToken)
    {
        // The worker does the same a while after its start; until then nothing might wait.
        await host.Get<IVectorModels>().BeginAsync(cancellationToken);
        await host.Get<IVectorQueue>().CatchUpAsync(cancellationToken);
        var index = host.Get<IChunkIndex>();
        while (true)
        {
            var state = await index.GetStateAsync(knowledgeBaseId, cancellationToken);
            // Of a new model they count when questions are compared with them.
            if (state.AskedModel is null && (await index.GetPendingAsync(1, cancellationToken)).Count == 0) return;
            show(state);
            await Task.Delay(Look, cancellationToken);
        }
    }
}
