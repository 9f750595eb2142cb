using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Index;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>Which models the vectors were made with, as rows of <c>embedding_models</c>.</summary>
internal sealed class EmbeddingModelRows(Database database, TimeProvider clock)
{
    private const int SweptAtOnce = 1_000;

    /// <returns>The models that are asked and wanted; null while nobody has made a vector.</returns>
    public Task<(string? Asked, string? Wanted)> GetAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (
            await connection.FirstAsync<string>("SELECT name FROM embedding_models WHERE asked = 1", null, cancellationToken),
            await connection.FirstAsync<string>("SELECT name FROM embedding_models WHERE wanted = 1", null, cancellationToken)), cancellationToken);

    /// <summary>Texts wait for a model's vectors from now on.</summary>
    /// <param name="canBeAsked">Whether the model that is asked so far still can be; else the new one is asked at once.</param>
    public Task WantAsync(EmbeddingModel model, Func<string, bool> canBeAsked, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                await transaction.RunAsync(
                    $"""
                    {database.Dialect.InsertOrIgnore} embedding_models (name, model, dimensions, query_prefix, passage_prefix)
                    VALUES (@Name, @Model, @Dimensions, @QueryPrefix, @PassagePrefix)
                    """, model, cancellationToken);
                var asked = await transaction.FirstAsync<string>("SELECT name FROM embedding_models WHERE asked = 1", null, cancellationToken);
                if (asked is null || !canBeAsked(asked)) asked = model.Name;
                await transaction.RunAsync(
                    """
                    UPDATE embedding_models SET
                        wanted = CASE WHEN name = @Name THEN 1 ELSE 0 END,
                        asked = CASE WHEN name = @asked THEN 1 ELSE 0 END,
                        replaced_at = CASE WHEN name IN (@Name, @asked) THEN NULL ELSE COALESCE(replaced_at, @now) END
                    """, new { model.Name, asked, now = clock.Now() }, cancellationToken);
            },
            cancellationToken);

    /// <summary>Questions are compared with a model's vectors from now on, if it is wanted and no text waits any more.</summary>
    /// <returns>Whether that is so.</returns>
    public Task<bool> AskAsync(string name, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                var isThere = await transaction.FirstAsync<int>(
                    """
                    SELECT COUNT(*) FROM embedding_models WHERE name = @name AND wanted = 1
                    AND NOT EXISTS (SELECT 1 FROM pending_vectors WHERE tries < @Tries)
                    """, With(new { name, VectorQueue.Tries }), cancellationToken);
                if (isThere == 0) return false;
                await transaction.RunAsync(
                    """
                    UPDATE embedding_models SET
                        asked = CASE WHEN name = @name THEN 1 ELSE 0 END,
                        replaced_at = CASE WHEN name = @name THEN NULL ELSE COALESCE(replaced_at, @now) END
                    """, new { name, now = clock.Now() }, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Forgets models that were replaced before a time, with their vectors.</summary>
    /// <returns>How many vectors.</returns>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var time = new { before = Stored.Time(before) };
        var names = await database.ReadAsync(
            c => c.ListAsync<string>("SELECT name FROM embedding_models WHERE asked = 0 AND wanted = 0 AND replaced_at < @before", With(time), cancellationToken), cancellationToken);
        var count = 0;
        foreach (var name in names)
        {
            // In short steps, and the newest stays: its number tells every process how far it has read.
            for (var gone = SweptAtOnce; gone == SweptAtOnce; count += gone)
            {
                gone = await database.WriteAsync(
                    t => t.RunAsync(
                        """
                        DELETE FROM embeddings WHERE number IN (
                            SELECT number FROM embeddings WHERE model = @name AND number < (SELECT MAX(number) FROM embeddings) ORDER BY number LIMIT @SweptAtOnce)
                        AND EXISTS (SELECT 1 FROM embedding_models WHERE name = @name AND asked = 0 AND wanted = 0)
                        """, new { name, SweptAtOnce }, cancellationToken),
                    cancellationToken);
            }

            await database.WriteAsync(t => t.RunAsync("DELETE FROM embedding_models WHERE name = @name AND asked = 0 AND wanted = 0", new { name }, cancellationToken), cancellationToken);
        }

        return count;
    }

    /// <summary>The spaces of all models whose vectors are kept.</summary>
    public async Task<IReadOnlyList<VectorSpace>> ListSpacesAsync(CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(c => c.ListAsync<(string Name, int Dimensions)>("SELECT name, dimensions FROM embedding_models", null, cancellationToken), cancellationToken))
            .Select(row => new VectorSpace(row.Name, row.Dimensions))];
}
