using System.Globalization;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Embedded.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string Name => "sqlite";

    public override string InsertOrIgnore => "INSERT OR IGNORE INTO";

    public override string OnConflictUpdate(string key, params ReadOnlySpan<string> columns)
    {
        var assignments = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            assignments[i] = $"{columns[i]} = excluded.{columns[i]}";
        return $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", assignments)}";
    }

    public override string TextsOf(string parameter) => $"(SELECT value FROM json_each({parameter}))";

    public override string RowsOf(string parameter, params ReadOnlySpan<string> columns)
    {
        var values = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            values[i] = string.Create(CultureInfo.InvariantCulture, $"value ->> {i} AS {columns[i]}");
        return $"(SELECT {string.Join(", ", values)} FROM json_each({parameter})) r";
    }
}
