using System.Collections.Concurrent;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;

namespace Chatbot.Crawler.Previews;

/// <summary>Takes what a run stores and announces, notes its size, and keeps nothing of it. Safe for concurrent use.</summary>
internal sealed class NothingKept : IBlobStore, IDocumentArchive, IJobQueue
{
    private readonly ConcurrentDictionary<string, int> _pdfPages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _tokens = new(StringComparer.Ordinal);

    /// <summary>Of a body, by its hash; 0 when it is no PDF.</summary>
    public int PdfPagesOf(string hash) => _pdfPages.GetValueOrDefault(hash);

    /// <summary>Tokens of a body that was read, by its hash; null when its text is not known.</summary>
    public long? TokensOf(string hash) => _tokens.TryGetValue(hash, out var tokens) ? tokens : null;

    public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var hash = Ids.Hash(content.Span);
        if (content.Span.StartsWith("%PDF-"u8))
            _pdfPages[hash] = TextSize.PdfPages(content.Span);
        return Task.FromResult(hash);
    }

    public Task KeepAsync(string blobHash, string extractorVersion, Extraction extraction, CancellationToken cancellationToken)
    {
        _tokens[blobHash] = extraction.Blocks.Sum(b => TextSize.Tokens(b.Text));
        return Task.CompletedTask;
    }

    public Task PublishAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken) => Task.FromResult<Extraction?>(null);

    public Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken) => Task.FromResult<Stream?>(null);

    public Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public Task DeleteAsync(string hash, CancellationToken cancellationToken) => Task.CompletedTask;

    // A run has no use for what follows.
    public Task<string> PutFileAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<LeasedJob>> TakeAsync(string queue, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RenewAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CompleteAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RetryAsync(LeasedJob job, string error, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeadJob>> GetDeadAsync(string queue, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> ReviveAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
