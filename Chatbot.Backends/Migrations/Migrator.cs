using System.Data.Common;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Migrations;

/// <summary>
/// Brings a database with transactional schema changes to the program's version. Every step is one transaction together
/// with its record, so a process that dies half way leaves a whole version behind, and of several that start at once
/// each step is made by one.
/// </summary>
internal sealed partial class Migrator(Database database, IReadOnlyList<Migration> migrations, TimeProvider clock, ILogger logger)
{
    private const string CreateHistory = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER      NOT NULL PRIMARY KEY,
            name       VARCHAR(200) NOT NULL,
            hash       CHAR(64)     NOT NULL,
            applied_at BIGINT       NOT NULL
        )
        """;

    /// <exception cref="StorageException">The database is of another program version, or an applied file was changed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await IsCurrentAsync(cancellationToken))
            return;

        while (await database.WriteAsync(transaction => StepAsync(transaction, cancellationToken), cancellationToken) is { } done)
            LogApplied(done.Version, done.Name);
    }

    // Without the write lock: a start beside a busy writer need not wait for it.
    private Task<bool> IsCurrentAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            try
            {
                var applied = await connection.ListAsync<AppliedMigration>("SELECT version, name, hash FROM schema_migrations", null, cancellationToken);
                return Next(applied) is null;
            }
            catch (DbException)
            {
                // No such table: an empty file.
                return false;
            }
        },
        cancellationToken);

    private async Task<Migration?> StepAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.RunAsync(CreateHistory, null, cancellationToken);
        var applied = await transaction.ListAsync<AppliedMigration>("SELECT version, name, hash FROM schema_migrations", null, cancellationToken);
        if (Next(applied) is not { } next)
            return null;

        await transaction.RunAsync(next.Sql, null, cancellationToken);
        await transaction.RunAsync(
            "INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES (@Version, @Name, @Hash, @now)",
            new { next.Version, next.Name, next.Hash, now = clock.Now() },
            cancellationToken);
        return next;
    }

    private Migration? Next(List<AppliedMigration> applied)
    {
        var known = migrations.ToDictionary(migration => migration.Version);
        foreach (var row in applied.OrderBy(row => row.Version))
        {
            if (!known.TryGetValue((int)row.Version, out var migration))
            {
                throw new StorageException(
                    $"The database has schema version {row.Version} ({row.Name}), this program knows versions up to {known.Keys.DefaultIfEmpty().Max()}. "
                    + "Start a newer program, or restore a backup that was made with this one.");
            }

            if (migration.Hash != row.Hash)
            {
                throw new StorageException(
                    $"Migration {row.Version:0000}_{row.Name} was applied with another content than this program has. "
                    + "Start the program that made the database, or restore a backup; to change the schema, add a migration.");
            }
        }

        var last = applied.Count == 0 ? 0 : applied.Max(row => row.Version);
        return migrations.FirstOrDefault(migration => migration.Version > last);
    }

    [LoggerMessage(LogLevel.Information, "Applied migration {Version} ({Name})")]
    private partial void LogApplied(int version, string name);

    private sealed class AppliedMigration
    {
        public long Version { get; set; }

        public string Name { get; set; } = "";

        public string Hash { get; set; } = "";
    }
}
