using System.Data.Common;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Reads the chunks that a search found: some hundred rows by key, one statement prepared once.</summary>
internal static class ChunkReader
{
    private const string Sql =
        """
        SELECT version, id, url, title, heading_path, text, language, page, anchor, links
        FROM chunks WHERE document_id = @document AND ordinal = @ordinal
        """;

    /// <returns>Those that are there in the version that is wanted.</returns>
    public static async Task<IReadOnlyDictionary<(Guid Document, int Ordinal), ChunkRow>> ReadAsync(
        DbConnection connection, IReadOnlyCollection<(Guid Document, long Version, int Ordinal)> wanted, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        var (document, ordinal) = (command.AddParameter("document", ""), command.AddParameter("ordinal", 0));
        var found = new Dictionary<(Guid, int), ChunkRow>(wanted.Count);
        foreach (var (id, version, number) in wanted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = id.ToString();
            (document.Value, ordinal.Value) = (text, number);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken) && reader.GetInt64(0) == version) found[(id, number)] = Row(reader, text, number);
        }

        return found;
    }

    private static ChunkRow Row(DbDataReader reader, string document, int ordinal) => new()
    {
        DocumentId = document,
        Ordinal = ordinal,
        Version = reader.GetInt64(0),
        Id = reader.GetString(1),
        Url = reader.GetString(2),
        Title = TextOrNull(reader, 3),
        HeadingPath = reader.GetString(4),
        Text = reader.GetString(5),
        Language = TextOrNull(reader, 6),
        Page = reader.GetInt32(7),
        Anchor = TextOrNull(reader, 8),
        Links = TextOrNull(reader, 9),
    };

    private static string? TextOrNull(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
