using System.CommandLine;
using System.Diagnostics;
using Chatbot.Core.Chunks;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Ingestion;

namespace Chatbot.Server.Indexing;

/// <summary><c>reindex</c>: builds the index anew from what was read of the documents, without a crawl.</summary>
internal static class ReindexCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var command = new Command("reindex", "Build the index anew from what was read of the documents, beside the one that searches find, and switch when it is complete") { CommonOptions.KnowledgeBase, CommonOptions.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = await CommandHost.StartAsync(parsed, builder =>
        {
            // What is found by meaning now is to be found by meaning then.
            builder.Configuration["Ingestion:EmbedDelay"] = "00:00:00";
            builder.AddIngestion();
        }, cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var (queue, builds) = (host.Get<IJobQueue>(), host.Get<IIndexBuilds>());
        await queue.PublishAsync([new ReindexRequested(knowledgeBase.Id).ToJob()], cancellationToken);
        var last = TimeSpan.Zero;
        while (!(await queue.GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle || await builds.GetAsync(knowledgeBase.Id, cancellationToken) is { CompleteAt: not null, HeldAt: null })
        {
            await Task.Delay(Look, cancellationToken);
            if (Stopwatch.GetElapsedTime(started) - last < LineEvery) continue;
            last = Stopwatch.GetElapsedTime(started);
            var now = await builds.GetAsync(knowledgeBase.Id, cancellationToken);
            var vectors = now.CompleteAt is null ? "" : $", {await builds.CountMissingVectorsAsync(knowledgeBase.Id, cancellationToken)} vectors to be made";
            await Console.Error.WriteLineAsync($"{last.TotalSeconds,6:0} s  {now.Staged} documents ready{vectors}");
        }

        var build = await builds.GetAsync(knowledgeBase.Id, cancellationToken);
        if (build.HeldAt is not null) throw new CommandFailedException("The new index is complete and held back until it is measured: a running server asks the golden questions of both, and switches when it is not worse.");
        if (build.Building is not null) throw new CommandFailedException("The index could not be built: a step was given up. The one from before is still in place; see the log, and run the command again.");
        var state = await host.Get<IChunkIndex>().GetStateAsync(knowledgeBase.Id, cancellationToken);
        var summary = new ReindexSummary(state.Documents, state.Chunks, build.Chunker, state.Model, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2));
        if (parsed.GetValue(CommonOptions.Json)) Output.WriteJson(summary);
        else Console.WriteLine($"'{knowledgeBase.Name}' now answers from {summary.Documents} documents in {summary.Chunks} chunks; built in {summary.Seconds:0.0} s.");
        return 0;
    }
}
