using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chatbot.Backends.Embedded.Sqlite;

/// <summary>Opens connections to one file and keeps idle readers. Safe for concurrent use.</summary>
/// <param name="cacheMegabytes">Pages that each connection keeps.</param>
internal sealed class SqliteConnections(string path, int cacheMegabytes) : IDisposable
{
    // A reader holds its cache of pages; more idle ones than this are rather closed.
    private const int MostIdle = 8;

    // Below this SQLite waits for a lock by itself, in steps of 1 to 100 ms, with the thread blocked. It is not shorter than
    // the command timeout: the driver then gives up at once instead of trying again every 150 ms.
    private const int BusyMilliseconds = 1_000;

    private readonly ConcurrentStack<SqliteConnection> idle = new();
    private volatile bool disposed;

    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = true,
        // The pool of the driver would run the pragmas each time.
        Pooling = false,
        DefaultTimeout = BusyMilliseconds / 1_000,
    }.ToString();

    /// <summary>A connection that cannot write.</summary>
    public async Task<SqliteConnection> TakeReaderAsync(CancellationToken cancellationToken)
    {
        if (idle.TryPop(out var connection))
            return connection;
        connection = await OpenAsync(cancellationToken);
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    public void ReturnReader(SqliteConnection connection)
    {
        if (disposed || idle.Count >= MostIdle)
            connection.Dispose();
        else
            idle.Push(connection);
    }

    /// <exception cref="StorageException">The file cannot be used.</exception>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        while (true)
        {
            var connection = new SqliteConnection(connectionString);
            try
            {
                connection.Open();
                Configure(connection);
                return connection;
            }
            catch (SqliteException error) when (SqliteErrors.IsBusy(error))
            {
                // Several processes turn a new file to WAL at once; SQLite does not wait for that lock.
                await connection.DisposeAsync();
                await Task.Delay(Random.Shared.Next(2, 20), cancellationToken);
            }
            catch (Exception error)
            {
                await connection.DisposeAsync();
                if (error is SqliteException sqlite && SqliteErrors.IsForOperator(sqlite))
                    throw SqliteErrors.ForOperator(sqlite, path);
                throw;
            }
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryPop(out var connection))
            connection.Dispose();
    }

    private void Configure(SqliteConnection connection)
    {
        Run(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
        if (Run(connection, "PRAGMA journal_mode = WAL") as string is not "wal")
            throw new StorageException($"The file system of {path} cannot share memory between processes, which the database needs. Use a local disk.");
        // NORMAL: what is committed survives the death of the process; a power cut may undo the last moments, never damage.
        // No mmap: it would count the file's pages as this process' memory; the system caches them anyway.
        Run(connection, FormattableString.Invariant($"PRAGMA cache_size = {-cacheMegabytes * 1_024}"));
        Run(connection, "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 33554432");
    }

    /// <summary>Runs a statement that is a constant.</summary>
    internal static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants, says its contract.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
