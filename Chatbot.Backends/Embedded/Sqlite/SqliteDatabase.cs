using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Chatbot.Backends.Migrations;
using Chatbot.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chatbot.Backends.Embedded.Sqlite;

/// <summary>
/// The file <c>chatbot.db</c> in the data directory. Readers never wait; the writers of this process queue up here, those
/// of other processes meet at the file's lock.
/// </summary>
internal sealed partial class SqliteDatabase : Database, IDisposable
{
    /// <summary>A writer that could not begin for so long reports it; something holds the lock that should not.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromMinutes(1);

    private readonly string directory;
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly ILogger<SqliteDatabase> logger;
    private readonly IReadOnlyList<Migration> migrations;
    private readonly SqliteConnections connections;
    private readonly SemaphoreSlim writers = new(1);
    private readonly AsyncLocal<WriteScope?> scope = new();
    private SqliteConnection? writer;
    private volatile bool disposed;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <param name="cacheMegabytes">Of the file, for each connection.</param>
    public SqliteDatabase(string directory, TimeProvider clock, ILogger<SqliteDatabase> logger, int cacheMegabytes = 4)
        : this(directory, clock, logger, MigrationFiles.Of(SqliteDialect.Instance), cacheMegabytes)
    {
    }

    internal SqliteDatabase(string directory, TimeProvider clock, ILogger<SqliteDatabase> logger, IReadOnlyList<Migration> migrations, int cacheMegabytes = 4)
    {
        this.directory = System.IO.Path.GetFullPath(directory);
        this.clock = clock;
        this.logger = logger;
        this.migrations = migrations;
        path = System.IO.Path.Combine(this.directory, "chatbot.db");
        connections = new SqliteConnections(path, cacheMegabytes);
    }

    public override SqlDialect Dialect => SqliteDialect.Instance;

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = await connections.TakeReaderAsync(cancellationToken);
        try
        {
            // By statements, not as a transaction of the driver: that one would want to be handed to every command.
            SqliteConnections.Run(connection, "BEGIN");
            var result = await work(connection);
            SqliteConnections.Run(connection, "COMMIT");
            connections.ReturnReader(connection);
            return result;
        }
        catch (Exception error)
        {
            // A reader may still be open on it.
            await connection.DisposeAsync();
            if (error is SqliteException sqlite && SqliteErrors.IsForOperator(sqlite))
                throw SqliteErrors.ForOperator(sqlite, path);
            throw;
        }
    }

    public override async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        if (scope.Value is { IsOpen: true })
            throw new InvalidOperationException("A write within a write would wait for itself; use the transaction at hand.");

        await writers.WaitAsync(cancellationToken);
        try
        {
            var started = Stopwatch.GetTimestamp();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    return await WriteOnceAsync(work, cancellationToken);
                }
                catch (SqliteException error) when (SqliteErrors.IsBusy(error))
                {
                    if (Stopwatch.GetElapsedTime(started) > BusyLimit)
                        throw new TimeoutException($"The database {path} was locked by another process for more than {BusyLimit.TotalSeconds:0} s.", error);
                    LogBusy(path);
                    await Task.Delay(Random.Shared.Next(2, 20), cancellationToken);
                }
                catch (SqliteException error) when (SqliteErrors.IsForOperator(error))
                {
                    throw SqliteErrors.ForOperator(error, path);
                }
            }
        }
        finally
        {
            if (disposed)
                CloseWriter();
            writers.Release();
        }
    }

    public override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Ensure(directory);
        await new Migrator(this, migrations, clock, logger).RunAsync(cancellationToken);
    }

    public void Dispose()
    {
        disposed = true;
        connections.Dispose();
        // Whoever is writing now closes the connection himself.
        if (writers.Wait(0, CancellationToken.None))
        {
            CloseWriter();
            writers.Release();
        }
    }

    private async Task<T> WriteOnceAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        writer ??= await connections.OpenAsync(cancellationToken);
        var current = new WriteScope { IsOpen = true };
        scope.Value = current;
        try
        {
            // Not deferred: it takes the write lock at once, so that what it reads stays true until it commits.
            await using var transaction = writer.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            var result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (SqliteException)
        {
            // SQLite may have rolled back by itself; a new connection is in a known state.
            CloseWriter();
            throw;
        }
        finally
        {
            current.IsOpen = false;
            scope.Value = null;
        }
    }

    private void CloseWriter()
    {
        writer?.Dispose();
        writer = null;
    }

    [LoggerMessage(LogLevel.Debug, "The database {Path} is being written by another process; trying again")]
    private partial void LogBusy(string path);

    // Tells a task that was started within a write and outlives it from the write itself.
    private sealed class WriteScope
    {
        public volatile bool IsOpen;
    }
}
