using System.Data.Common;

namespace Chatbot.Core.Data;

/// <summary>
/// The relational database. SQL is portable between the databases that implement it; what differs is in <see cref="SqlDialect"/>.
/// Safe for concurrent use, by several processes too.
/// </summary>
public abstract class Database
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs reads on a connection of their own; all of them see the same moment, which may be a little past.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction: all of it or nothing, durable when it returns. It may be run again
    /// after a conflict, so it has no effects but those on the database. Keep it short: writers wait for each other.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>The same, without a result.</summary>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(async transaction => { await work(transaction); return true; }, cancellationToken);

    /// <summary>Applies the migrations that are missing, under a lock; safe to call by several processes at once and again.</summary>
    public abstract Task MigrateAsync(CancellationToken cancellationToken);
}
