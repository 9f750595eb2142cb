using Chatbot.Backends.Documents;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Frames;
using Chatbot.Backends.Sites;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Messages;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Indexing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Rebuilding;

/// <summary>
/// Builds the index of a knowledge base anew from what was read of its documents: in steps, so that documents that change
/// meanwhile get their turn. Doing a step twice does no harm. Safe for concurrent use.
/// </summary>
internal sealed partial class IndexRebuilder(
    IIndexBuilds builds,
    IVectorModels models,
    EvaluationSettingsStore evaluation,
    GoldenQuestionStore golden,
    DocumentStore documents,
    SiteStore sites,
    DocumentCutter cutter,
    FrameStore frames,
    IOptions<IngestionOptions> options,
    TimeProvider clock,
    ILogger<IndexRebuilder> logger)
{
    // Documents of a step: some seconds of work.
    private const int AtATime = 200;

    /// <returns>What is to be done next.</returns>
    public async Task<IReadOnlyList<Message>> RebuildAsync(ReindexRequested due, CancellationToken cancellationToken)
    {
        if (due.After is null) await builds.BeginAsync(due.KnowledgeBaseId, cutter.Mark, restart: due.Restart, cancellationToken);
        // Whoever was asked for it meanwhile has begun anew: two that each have a half would switch to the one that is there first.
        var build = await builds.GetAsync(due.KnowledgeBaseId, cancellationToken);
        if (build.Building != cutter.Mark || (due.Build is { } number && number != build.Number)) return [];

        var some = await documents.ListAfterAsync(due.KnowledgeBaseId, due.After ?? "", AtATime, cancellationToken);
        await Parallel.ForEachAsync(some, cancellationToken, async (document, token) => await StageAsync(document, token));
        if (some.Count == AtATime) return [due with { After = some[^1].Id, Build = build.Number }];

        if (await IsGatedAsync(due.KnowledgeBaseId, cancellationToken))
        {
            if (await builds.HoldAsync(due.KnowledgeBaseId, cutter.Mark, cancellationToken)) LogHeld(due.KnowledgeBaseId);
            return [];
        }

        if (options.Value.Embed && models.IsWanted && await builds.CountMissingVectorsAsync(due.KnowledgeBaseId, cancellationToken) is var missing and > 0
            && await builds.CompleteAsync(due.KnowledgeBaseId, cutter.Mark, cancellationToken))
        {
            LogComplete(due.KnowledgeBaseId, missing);
            return [];
        }

        return await SwitchAsync(due.KnowledgeBaseId, build.Number, cancellationToken);
    }

    /// <summary>Looks for indexes that were only waiting for the vectors of their texts.</summary>
    /// <returns>What is to be done next; the same again when it is asked again before that is done.</returns>
    public async Task<IReadOnlyList<Message>> GetReadyAsync(CancellationToken cancellationToken)
    {
        var ready = new List<Message>();
        foreach (var build in await builds.ListCompleteAsync(cancellationToken))
            if (clock.GetUtcNow() - build.CompleteAt > options.Value.VectorPatience || await builds.CountMissingVectorsAsync(build.KnowledgeBaseId, cancellationToken) == 0)
                ready.Add(new IndexReleased(build.KnowledgeBaseId, build.Chunker));
        return ready;
    }

    /// <summary>Puts an index that waited in the place of the other, unless it has begun anew.</summary>
    /// <returns>What is to be done next.</returns>
    public async Task<IReadOnlyList<Message>> ReleaseAsync(IndexReleased due, CancellationToken cancellationToken)
    {
        var build = await builds.GetAsync(due.KnowledgeBaseId, cancellationToken);
        return build.Building == due.Chunker && (build.HeldAt ?? build.CompleteAt) is not null ? await SwitchAsync(due.KnowledgeBaseId, build.Number, cancellationToken) : [];
    }

    private async Task<IReadOnlyList<Message>> SwitchAsync(string knowledgeBaseId, long number, CancellationToken cancellationToken)
    {
        if (await builds.SwitchAsync(knowledgeBaseId, number, cancellationToken) is not { } count) return [];
        LogSwitched(knowledgeBaseId, count);
        // Cached answers are of the index before, and frames may be of pages from before there were any.
        return [new IndexChanged(knowledgeBaseId, ""), .. (await sites.ListAsync(knowledgeBaseId, cancellationToken)).Select(site => new SiteFrameDue(site.Id))];
    }

    // An index that visitors search stays until the new one is measured; the first one has nothing to be compared with.
    private async Task<bool> IsGatedAsync(string knowledgeBaseId, CancellationToken cancellationToken) =>
        (await evaluation.GetAsync(knowledgeBaseId, cancellationToken)).Gate
        && await golden.CountAsync(new GoldenFilter(knowledgeBaseId) { Draft = false }, cancellationToken) > 0;

    private async Task StageAsync(Document document, CancellationToken cancellationToken)
    {
        try
        {
            var cut = await cutter.CutAsync(document, cancellationToken);
            await builds.StageAsync(document.KnowledgeBaseId, cutter.Mark, new StagedDocument(document.Id, document.Version, cut.Title, cut.Language, cut.Note, cut.Chunks), cancellationToken);
            if (cut.Frame is not null) await frames.SaveAsync(cut.Frame, cancellationToken);
        }
        catch (ExtractionFailedException error)
        {
            // It keeps what was found of it until now.
            LogUnreadable(document.Url, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The index of {KnowledgeBaseId} was built anew: {Documents} documents")]
    private partial void LogSwitched(string knowledgeBaseId, int documents);

    [LoggerMessage(LogLevel.Information, "The new index of {KnowledgeBaseId} is complete, and waits for the vectors of {Texts} texts")]
    private partial void LogComplete(string knowledgeBaseId, int texts);

    [LoggerMessage(LogLevel.Information, "The new index of {KnowledgeBaseId} is complete, and held back until it is measured")]
    private partial void LogHeld(string knowledgeBaseId);

    [LoggerMessage(LogLevel.Warning, "{Url} could not be read again and stays in the index as it is: {Reason}")]
    private partial void LogUnreadable(string url, string reason);
}
