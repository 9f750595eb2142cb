using Chatbot.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Chatbot.Tests.Server;

/// <summary>A data directory that commands work on, and what they left in it.</summary>
internal sealed class Installation : IDisposable
{
    private readonly TemporaryDirectory data = new();

    public string Directory => data.Path;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ChatbotProcess Start(params string[] arguments) => ChatbotProcess.Start(Directory, arguments);

    public Task<CommandResult> RunAsync(params string[] arguments) => ChatbotProcess.RunAsync(Directory, arguments, Token);

    public Task<CommandResult> RunWithInputAsync(string input, params string[] arguments) => ChatbotProcess.RunAsync(Directory, arguments, input, Token);

    /// <summary>Crawls a site of this machine and expects that it went well.</summary>
    /// <returns>The summary that <c>--json</c> prints.</returns>
    public async Task<System.Text.Json.JsonElement> CrawlAsync(string url, params string[] options)
    {
        var result = await RunAsync(["crawl", url, "--allow-private", "--json", .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Object;
    }

    /// <summary>All documents that are there, in the order of their paths.</summary>
    public IReadOnlyList<DocumentRow> Documents() => Query(
        "SELECT url, title, content_hash, status, version, indexed_version, indexed_at FROM documents WHERE status <> 'gone' ORDER BY url",
        row => new DocumentRow(PathOf(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.IsDBNull(6) ? 0 : row.GetInt64(6)));

    /// <summary>All chunks, in the order of their documents' paths and within.</summary>
    public IReadOnlyList<ChunkRow> Chunks() => Query(
        "SELECT url, ordinal, id, heading_path, text FROM chunks ORDER BY url, ordinal",
        row => new ChunkRow(PathOf(row.GetString(0)), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4)));

    /// <summary>The first column of the first row.</summary>
    public long Count(string sql) => Query(sql, row => row.GetInt64(0))[0];

    public void Dispose() => data.Dispose();

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        // No pool: the file must be closed when the directory is deleted.
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Directory, "chatbot.db")};Pooling=False;Default Timeout=60");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static string PathOf(string url) => new Uri(url).PathAndQuery;
}
