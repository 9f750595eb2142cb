using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>The change of models in the embedded index, shared by all processes on a data directory through its database.</summary>
/// <param name="model">The configured one.</param>
/// <param name="index">Opened with the new vectors before questions are compared with them.</param>
/// <param name="directory">Of the index's files.</param>
internal sealed partial class ModelChange(
    EmbeddingModel model, VectorSpaces spaces, EmbeddingModelRows rows, EmbeddedChunkIndex index, string directory, TimeProvider time, ILogger<ModelChange> logger) : IVectorModels, IBackendPart
{
    private static readonly TimeSpan KeepReplaced = TimeSpan.FromDays(1);

    private string? _said;

    public bool IsWanted => spaces.Wanted == model.Name;

    public bool IsBuilding => spaces.IsBuilding;

    public Task PrepareAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Looks how far other processes are.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (asked, wanted) = await rows.GetAsync(cancellationToken);
        spaces.Set(asked ?? model.Name, wanted ?? model.Name);
        if (!IsWanted && Interlocked.Exchange(ref _said, wanted) != wanted) LogOtherWanted(wanted!, model.Name);
    }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await rows.WantAsync(model, name => spaces.Find(name) is not null, cancellationToken);
        await RefreshAsync(cancellationToken);
        if (IsBuilding) LogBuilding(model.Name, spaces.Asked.Model);
    }

    public async Task<bool> SwitchAsync(CancellationToken cancellationToken)
    {
        if (!IsBuilding) return true;
        await index.PrepareAsync(spaces.Configured, cancellationToken);
        if (!await rows.AskAsync(model.Name, cancellationToken)) return false;
        LogSwitched(model.Name, spaces.Asked.Model);
        await RefreshAsync(cancellationToken);
        return !IsBuilding;
    }

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var count = await rows.SweepAsync(time.GetUtcNow() - KeepReplaced, cancellationToken);
        if (!Directory.Exists(directory)) return count;
        var kept = (await rows.ListSpacesAsync(cancellationToken)).Append(spaces.Configured).Append(spaces.Asked).Select(SegmentFiles.EndingOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory, "*.vec", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(path);
            if (!kept.Contains(name[name.IndexOf('.', StringComparison.Ordinal)..])) TryDelete(path);
        }

        return count;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody has it open; the next sweep finds it again.
        }
    }

    [LoggerMessage(LogLevel.Information, "Vectors of {Model} are being made; until all are there, questions are compared with those of {Before}")]
    private partial void LogBuilding(string model, string before);

    [LoggerMessage(LogLevel.Information, "Questions are compared with the vectors of {Model} now, no longer with those of {Before}")]
    private partial void LogSwitched(string model, string before);

    [LoggerMessage(LogLevel.Warning, "The index gets vectors of {Wanted}, but this process is set to {Model}: it makes none. Give all processes the same settings of Embeddings.")]
    private partial void LogOtherWanted(string wanted, string model);
}
