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
}
