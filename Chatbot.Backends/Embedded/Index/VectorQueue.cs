using Chatbot.Backends.Data;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>The waiting texts as rows of <c>pending_vectors</c>.</summary>
/// <param name="model">Whose vectors count.</param>
internal sealed class VectorQueue(Database database, string model, TimeProvider clock) : IVectorQueue
{
    /// <summary>Failed tries after which a text is parked.</summary>
    public const int Tries = 3;

    /// <summary>Texts that wait and that nobody has.</summary>
    private const string Free = "tries < @Tries AND leased_until <= @now";

    private const int LongestReason = 1_000;

    // A few hundred rows at a time: a transaction of some milliseconds, so that no other writer waits for it.
    private const int CaughtUpAtOnce = 200;
    private const int SweptAtOnce = 1_000;

    // A batch takes a second. The rest is for machines that sleep; the texts of a process that died are free at once.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task<VectorLease> TakeAsync(int most, CancellationToken cancellationToken)
    {
        var name = LeaseName.New();
        while (true)
        {
            await ReleaseDeadAsync(cancellationToken);
            var arguments = new { name, Tries, most, now = clock.Now(), until = Stored.Time(clock.GetUtcNow() + Lease) };
            // Looking needs no lock.
            if ((await database.ReadAsync(c => c.ListAsync<string>($"SELECT text_hash FROM pending_vectors WHERE {Free} LIMIT 1", With(arguments), cancellationToken), cancellationToken)).Count == 0)
                return new VectorLease(name, []);
            await database.WriteAsync(
                t => t.RunAsync(
                    $"""
                    UPDATE pending_vectors SET lease = @name, leased_until = @until
                    WHERE text_hash IN (SELECT text_hash FROM pending_vectors WHERE {Free} ORDER BY rank LIMIT @most)
                    """, arguments, cancellationToken),
                cancellationToken);

            var hashes = await database.ReadAsync(c => c.ListAsync<string>("SELECT text_hash FROM pending_vectors WHERE lease = @name ORDER BY rank", With(arguments), cancellationToken), cancellationToken);
            var texts = await database.ReadAsync(connection => VectorRows.ReadTextsAsync(connection, hashes, cancellationToken), cancellationToken);
            var gone = hashes.Except(texts.Select(t => t.TextHash), StringComparer.Ordinal).ToList();
            if (gone.Count > 0)
                await database.WriteAsync(t => t.RunAsync("DELETE FROM pending_vectors WHERE lease = @name AND text_hash IN @gone", new { name, gone }, cancellationToken), cancellationToken);
            if (texts.Count > 0)
                return new VectorLease(name, texts);
        }
    }

    public Task ReleaseAsync(VectorLease lease, CancellationToken cancellationToken) =>
        database.WriteAsync(t => t.RunAsync("UPDATE pending_vectors SET lease = NULL, leased_until = 0 WHERE lease = @Name", new { lease.Name }, cancellationToken), cancellationToken);

    public Task<bool> FailAsync(string textHash, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var arguments = new { textHash, error = reason[..Math.Min(reason.Length, LongestReason)], until = Stored.Time(clock.GetUtcNow() + Pause) };
                await transaction.RunAsync(
                    "UPDATE pending_vectors SET lease = NULL, leased_until = @until, tries = tries + 1, error = @error WHERE text_hash = @textHash", arguments, cancellationToken);
                return (await transaction.ListAsync<int>("SELECT tries FROM pending_vectors WHERE text_hash = @textHash", With(arguments), cancellationToken)).Exists(tries => tries >= Tries);
            },
            cancellationToken);

    public async Task<IReadOnlyList<ParkedText>> ListParkedAsync(int most, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.ListAsync<ParkedRow>(
                """
                SELECT p.text_hash, (SELECT MIN(c.url) FROM chunk_rows c WHERE c.text_hash = p.text_hash) AS url, COALESCE(p.error, '') AS reason
                FROM pending_vectors p WHERE p.tries >= @Tries ORDER BY p.rank LIMIT @most
                """, With(new { Tries, most }), cancellationToken),
            cancellationToken);
        return rows.ConvertAll(row => new ParkedText(row.TextHash, row.Url, row.Reason));
    }

    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        await HashAsync(cancellationToken);
        var count = 0;
        for (var after = "";;)
        {
            // Walks the index of the hashes, in steps: all at once would hold a read open for seconds on a large index.
            var hashes = await database.ReadAsync(
                connection => connection.ListAsync<string>(
                    """
                    SELECT DISTINCT c.text_hash FROM chunk_rows c WHERE c.text_hash > @after
                    AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.text_hash = c.text_hash AND e.model = @model)
                    AND NOT EXISTS (SELECT 1 FROM pending_vectors p WHERE p.text_hash = c.text_hash)
                    ORDER BY c.text_hash LIMIT @CaughtUpAtOnce
                    """, With(new { after, model, CaughtUpAtOnce }), cancellationToken),
                cancellationToken);
            if (hashes.Count == 0)
                return count;
            await database.WriteAsync(
                async transaction =>
                {
                    // Read in the same transaction: a chunk may have gone since.
                    var rows = await transaction.ListAsync<ChunkRow>(
                        $"SELECT {ChunkRow.RowColumns}, c.knowledge_base_id AS KnowledgeBaseId FROM chunk_rows c WHERE c.text_hash IN @hashes", With(new { hashes }), cancellationToken);
                    await VectorRows.QueueAsync(database, transaction, model, rows, cancellationToken);
                },
                cancellationToken);
            count += hashes.Count;
            after = hashes[^1];
        }
    }

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var waiting = await database.WriteAsync(
            t => t.RunAsync("DELETE FROM pending_vectors WHERE leased_until <= @now AND NOT EXISTS (SELECT 1 FROM chunk_rows c WHERE c.text_hash = pending_vectors.text_hash)", new { now = clock.Now() }, cancellationToken),
            cancellationToken);
        // The newest stays: its number tells every process how far it has read.
        var last = (await database.ReadAsync(c => c.ListAsync<long>("SELECT COALESCE(MAX(number), 0) FROM embeddings", null, cancellationToken), cancellationToken))[0];
        var vectors = 0;
        for (long from = 0; from < last; from += SweptAtOnce)
        {
            var range = new { from, to = Math.Min(from + SweptAtOnce, last) };
            var gone = await database.ReadAsync(
                connection => connection.ListAsync<long>(
                    """
                    SELECT number FROM embeddings e WHERE number >= @from AND number < @to
                    AND NOT EXISTS (SELECT 1 FROM chunk_rows c WHERE c.text_hash = e.text_hash)
                    """, With(range), cancellationToken),
                cancellationToken);
            if (gone.Count > 0)
            {
                // Asked again: the text may have come back since.
                vectors += await database.WriteAsync(
                    t => t.RunAsync("DELETE FROM embeddings WHERE number IN @gone AND NOT EXISTS (SELECT 1 FROM chunk_rows c WHERE c.text_hash = embeddings.text_hash)", new { gone }, cancellationToken),
                    cancellationToken);
            }
        }

        return waiting + vectors;
    }

    // Chunks from before there were vectors do not even have the hash.
    private async Task HashAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var done = await database.WriteAsync(
                async transaction =>
                {
                    var rows = await transaction.ListAsync<ChunkRow>(
                        $"SELECT {ChunkRow.RowColumns}, c.build AS Build FROM chunk_rows c WHERE c.text_hash IS NULL LIMIT @CaughtUpAtOnce", With(new { CaughtUpAtOnce }), cancellationToken);
                    if (rows.Count > 0)
                    {
                        var hashes = rows.ConvertAll(row => new { row.DocumentId, row.Build, row.Ordinal, hash = EmbeddingText.HashOf(row.ToChunk()) });
                        await transaction.RunEachAsync("UPDATE chunk_rows SET text_hash = @hash WHERE document_id = @DocumentId AND build = @Build AND ordinal = @Ordinal", hashes, cancellationToken);
                    }

                    return rows.Count;
                },
                cancellationToken);
            if (done < CaughtUpAtOnce)
                return;
        }
    }

    private async Task ReleaseDeadAsync(CancellationToken cancellationToken)
    {
        var leases = await database.ReadAsync(
            connection => connection.ListAsync<string>("SELECT DISTINCT lease FROM pending_vectors WHERE lease IS NOT NULL", null, cancellationToken), cancellationToken);
        var dead = leases.FindAll(LeaseName.IsDead);
        if (dead.Count > 0)
            await database.WriteAsync(t => t.RunAsync("UPDATE pending_vectors SET lease = NULL, leased_until = 0 WHERE lease IN @dead", new { dead }, cancellationToken), cancellationToken);
    }

    private sealed class ParkedRow
    {
        public string TextHash { get; set; } = "";
        public string? Url { get; set; }
        public string Reason { get; set; } = "";
    }
}
