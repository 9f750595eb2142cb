using System.Diagnostics;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Backends.Embedded.Models;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Core.Chunks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chatbot.Benchmarks.Search;

/// <summary>A data directory with the synthetic corpus in its index, made through the port the first time and kept.</summary>
internal sealed class SearchData(string directory, SyntheticCorpus corpus) : IDisposable
{
    public const string KnowledgeBase = "0196a000-0000-7000-8000-000000000001";

    private const int DocumentsPerBatch = 100;

    private readonly SqliteDatabase _database = new(directory, TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

    private Dictionary<string, long> _versions = [];

    public string Directory => directory;

    /// <summary>An index object that has seen nothing yet, as at the start of a process.</summary>
    public EmbeddedChunkIndex Open() =>
        new(_database, Path.Combine(directory, "index"), "synthetic", SyntheticCorpus.Dimensions, NullLogger<EmbeddedChunkIndex>.Instance);

    /// <summary>Makes what is missing.</summary>
    public async Task PrepareAsync(Report report, CancellationToken cancellationToken)
    {
        await _database.MigrateAsync(cancellationToken);
        using var index = Open();
        var started = Stopwatch.GetTimestamp();
        var there = await index.GetStateAsync(KnowledgeBase, cancellationToken);
        if (there.Documents >= corpus.Documents && there.WithVector >= corpus.Chunks)
        {
            // Made anew in memory when the format of the files changed.
            await index.SaveAsync(everything: true, cancellationToken);
            return;
        }


        TimeSpan rows = default, vectors = default, files = default;
        for (var first = there.Documents / DocumentsPerBatch * DocumentsPerBatch; first < corpus.Documents; first += DocumentsPerBatch)
        {
            var batch = Enumerable.Range(first, Math.Min(DocumentsPerBatch, corpus.Documents - first)).AsParallel().AsOrdered()
                .Select(document => (Document: document, Chunks: corpus.MakeDocument(document, 1))).ToList();
            var at = Stopwatch.GetTimestamp();
            foreach (var (_, chunks) in batch)
                await index.ReplaceAsync(KnowledgeBase, chunks[0].DocumentId, 1, chunks, cancellationToken);
            rows += Stopwatch.GetElapsedTime(at);

            var made = batch.AsParallel().SelectMany(b => VectorsOf(b.Document, b.Chunks)).ToList();
            at = Stopwatch.GetTimestamp();
            await index.SetVectorsAsync(made, cancellationToken);
            vectors += Stopwatch.GetElapsedTime(at);

            at = Stopwatch.GetTimestamp();
            await index.SaveAsync(everything: false, cancellationToken);
            files += Stopwatch.GetElapsedTime(at);
            if (first / DocumentsPerBatch % 50 == 0) Report.Progress($"{first:N0} of {corpus.Documents:N0} documents, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        }

        var last = Stopwatch.GetTimestamp();
        await index.SaveAsync(everything: true, cancellationToken);
        files += Stopwatch.GetElapsedTime(last);
        report.Add("built through the port", $"{Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s",
            $"rows {rows.TotalSeconds:N0} s, vectors {vectors.TotalSeconds:N0} s, segments and files {files.TotalSeconds:N0} s");
    }

    /// <summary>What builds another index beside it, of documents that are there as a site's are.</summary>
    public async Task<IIndexBuilds> OpenBuildsAsync(EmbeddedChunkIndex index, CancellationToken cancellationToken)
    {
        await _database.WriteAsync(
            async transaction =>
            {
                await transaction.RunAsync("INSERT OR IGNORE INTO knowledge_bases (id, name, title, settings, created_at) VALUES (@KnowledgeBase, 'synthetic', 'Synthetic', '{}', 0)", new { KnowledgeBase }, cancellationToken);
                await transaction.RunAsync(
                    """
                    INSERT OR REPLACE INTO documents (id, knowledge_base_id, url_hash, url, version, indexed_version, status, changed_at)
                    SELECT document_id, knowledge_base_id, document_id, 'https://synthetic.example/' || document_id, version, version, 'indexed', 0 FROM indexed_documents
                    """, null, cancellationToken);
            },
            cancellationToken);
        _versions = (await _database.ReadAsync(connection => connection.ListAsync<(string Id, long Version)>("SELECT id, version FROM documents", null, cancellationToken), cancellationToken))
            .ToDictionary(row => row.Id, row => row.Version, StringComparer.Ordinal);
        return new IndexBuilds(_database, Path.Combine(directory, "index"), new VectorSpaces(new VectorSpace("synthetic", SyntheticCorpus.Dimensions)), index.Traffic, TimeProvider.System);
    }

    /// <summary>Of a document as it was when builds were opened.</summary>
    public long VersionOf(int document) => _versions[SyntheticCorpus.IdOf(document)];

    /// <summary>Writes next to nothing.</summary>
    public Task WriteAsync(CancellationToken cancellationToken) => _database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE knowledge_bases SET created_at = created_at + 1 WHERE id = @KnowledgeBase", new { KnowledgeBase }, cancellationToken), cancellationToken);

    public List<TextVector> VectorsOf(int document, IReadOnlyList<Chunk> chunks) => [.. chunks.Select(chunk =>
    {
        var vector = new float[SyntheticCorpus.Dimensions];
        corpus.MakeVector(document, chunk.Ordinal, vector);
        return new TextVector(EmbeddingText.HashOf(chunk), vector);
    })];

    public void Dispose() => _database.Dispose();
}
