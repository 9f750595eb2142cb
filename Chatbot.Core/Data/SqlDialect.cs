namespace Chatbot.Core.Data;

/// <summary>The few places where databases say the same thing differently.</summary>
public abstract class SqlDialect
{
    /// <summary>Name of the folder with this database's migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Starts an insert that leaves existing rows alone: <c>INSERT OR IGNORE INTO</c>, <c>INSERT IGNORE INTO</c>.</summary>
    public abstract string InsertOrIgnore { get; }

    /// <summary>What follows the VALUES of an insert to update the row that is already there.</summary>
    /// <param name="key">The columns of the unique key, comma-separated.</param>
    /// <param name="columns">The columns to overwrite with the new values.</param>
    public abstract string OnConflictUpdate(string key, params ReadOnlySpan<string> columns);
}
