using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Chatbot.Backends.Data;

/// <summary>
/// SQL with named parameters (<c>@name</c>, lists in <c>IN @names</c>) on what <see cref="Core.Data.Database"/> hands out.
/// Columns such as <c>created_at</c> fill properties such as <c>CreatedAt</c>; a column that is null leaves its property as
/// it is. Arguments are the properties of an object.
/// </summary>
public static class SqlExtensions
{
    public static Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbConnection connection, string sql, object? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ListAsync<T>(connection, null, sql, arguments, cancellationToken);
    }

    public static Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return ListAsync<T>(transaction.Connection!, transaction, sql, arguments, cancellationToken);
    }

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbConnection connection, string sql, object? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return FirstAsync<T>(connection, null, sql, arguments, cancellationToken);
    }

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return FirstAsync<T>(transaction.Connection!, transaction, sql, arguments, cancellationToken);
    }

    /// <summary>Runs a statement; a list as <paramref name="arguments"/> runs it once for each element, prepared once.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> RunAsync(this DbTransaction transaction, string sql, object? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = Create(transaction.Connection!, transaction, sql);
        if (arguments is not IEnumerable list)
        {
            SqlArguments.Bind(command, arguments);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var changed = 0;
        foreach (var element in list)
        {
            SqlArguments.Bind(command, element, isOneOfMany: true);
            changed += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return changed;
    }

    private static async Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(DbConnection connection, DbTransaction? transaction, string sql, object? arguments, CancellationToken cancellationToken)
    {
        await using var command = Create(connection, transaction, sql);
        SqlArguments.Bind(command, arguments);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        RowReader<T>? row = null;
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((row ??= RowReader<T>.For(reader)).Read(reader));

        return rows;
    }

    private static async Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(DbConnection connection, DbTransaction? transaction, string sql, object? arguments, CancellationToken cancellationToken)
    {
        await using var command = Create(connection, transaction, sql);
        SqlArguments.Bind(command, arguments);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? RowReader<T>.For(reader).Read(reader) : default;
    }

    private static DbCommand Create(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Values are parameters; the texts are those of the stores.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
