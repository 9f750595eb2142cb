using System.Data.Common;
using Dapper;

namespace Chatbot.Backends.Data;

/// <summary>
/// SQL with named parameters (<c>@name</c>, lists in <c>IN @names</c>) on what <see cref="Core.Data.Database"/> hands out.
/// Columns such as <c>created_at</c> fill properties such as <c>CreatedAt</c>.
/// </summary>
public static class SqlExtensions
{
    public static async Task<List<T>> ListAsync<T>(this DbConnection connection, string sql, object? arguments, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList();

    public static async Task<List<T>> ListAsync<T>(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken) =>
        (await transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, arguments, transaction, cancellationToken: cancellationToken))).AsList();

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<T>(this DbConnection connection, string sql, object? arguments, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<T>(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, arguments, transaction, cancellationToken: cancellationToken));

    /// <summary>Runs a statement; a list as <paramref name="arguments"/> runs it once for each element.</summary>
    /// <returns>How many rows it changed.</returns>
    public static Task<int> RunAsync(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, cancellationToken: cancellationToken));
}
