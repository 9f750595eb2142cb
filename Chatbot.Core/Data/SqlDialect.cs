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

    /// <summary>
    /// What follows <c>IN</c> where a parameter holds the texts as a JSON array: one parameter and one statement for however
    /// many, where a list would be as many parameters and a statement of its own for every length.
    /// </summary>
    /// <param name="parameter">With its sign, <c>@hashes</c>.</param>
    public abstract string TextsOf(string parameter);

    /// <summary>What follows <c>FROM</c> where a parameter holds rows as a JSON array of arrays; the table is named <c>r</c>.</summary>
    /// <param name="parameter">With its sign, <c>@rows</c>.</param>
    /// <param name="columns">Their names, in the order of the values.</param>
    public abstract string RowsOf(string parameter, params ReadOnlySpan<string> columns);
}
