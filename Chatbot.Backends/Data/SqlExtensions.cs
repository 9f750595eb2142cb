using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Chatbot.Backends.Data;

/// <summary>
/// SQL with named parameters (<c>@name</c>, lists in <c>IN @names</c>) on what <see cref="Core.Data.Database"/> hands out.
/// Columns such as <c>created_at</c> fill properties such as <c>CreatedAt</c>; a column that is null leaves its property as
/// it is. Arguments are the properties of an object: <c>new { id }</c>, or, where rows are asked for, <c>With(new { id })</c>.
/// </summary>
public static class SqlExtensions
{
    public static Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbConnection connection, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ListAsync<T>(connection, null, sql, arguments, cancellationToken);
    }

    public static Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbTransaction transaction, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return ListAsync<T>(transaction.Connection!, transaction, sql, arguments, cancellationToken);
    }

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbConnection connection, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return FirstAsync<T>(connection, null, sql, arguments, cancellationToken);
    }

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public static Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(this DbTransaction transaction, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return FirstAsync<T>(transaction.Connection!, transaction, sql, arguments, cancellationToken);
    }

    /// <returns>How many rows it changed.</returns>
    public static Task<int> RunAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(this DbTransaction transaction, string sql, T arguments, CancellationToken cancellationToken)
        where T : class => RunAsync(transaction, sql, SqlArguments.With(arguments), cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(DbTransaction, string, T, CancellationToken)"/>
    public static async Task<int> RunAsync(this DbTransaction transaction, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = Create(transaction.Connection!, transaction, sql);
        arguments?.Bind(command);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [Obsolete("Of an object of any type no properties are known when the program is compiled: give it as what it is.", error: true)]
    public static Task<int> RunAsync(this DbTransaction transaction, string sql, object arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Runs a statement once for each element of a list, prepared once.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> RunEachAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        this DbTransaction transaction, string sql, IEnumerable<T> list, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(list);
        await using var command = Create(transaction.Connection!, transaction, sql);
        var changed = 0;
        foreach (var element in list)
        {
            SqlArguments.With(element).Bind(command, isOneOfMany: true);
            changed += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return changed;
    }

    private static async Task<List<T>> ListAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(DbConnection connection, DbTransaction? transaction, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        await using var command = Create(connection, transaction, sql);
        arguments?.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        RowReader<T>? row = null;
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((row ??= RowReader<T>.For(reader)).Read(reader));

        return rows;
    }

    private static async Task<T?> FirstAsync<[DynamicallyAccessedMembers(RowType.Members)] T>(DbConnection connection, DbTransaction? transaction, string sql, SqlArguments? arguments, CancellationToken cancellationToken)
    {
        await using var command = Create(connection, transaction, sql);
        arguments?.Bind(command);
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
