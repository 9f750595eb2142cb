using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Extractions;

namespace Chatbot.Backends.Archive;

/// <summary>Extractions as compressed JSON in the table <c>extractions</c>. What cannot be read as one counts as not there.</summary>
internal sealed class SqlDocumentArchive(Database database) : IDocumentArchive
{
    public async Task<Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken)
    {
        var body = await database.ReadAsync(
            connection => connection.FirstAsync<byte[]>(
                "SELECT body FROM extractions WHERE blob_hash = @blobHash AND extractor_version = @extractorVersion",
                With(new { blobHash, extractorVersion }),
                cancellationToken),
            cancellationToken);
        try
        {
            return body is null ? null : JsonSerializer.Deserialize(Compression.Decompress(body), CoreJson.Default.Extraction);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or InvalidOperationException)
        {
            // Written by another version of the record: extracting again is cheaper than carrying old shapes along.
            return null;
        }
    }

    public async Task KeepAsync(string blobHash, string extractorVersion, Extraction extraction, CancellationToken cancellationToken)
    {
        var body = Compression.Compress(JsonSerializer.SerializeToUtf8Bytes(extraction, CoreJson.Default.Extraction));
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                INSERT INTO extractions (blob_hash, extractor_version, body) VALUES (@blobHash, @extractorVersion, @body)
                {database.Dialect.OnConflictUpdate("blob_hash, extractor_version", "body")}
                """,
                new { blobHash, extractorVersion, body },
                cancellationToken),
            cancellationToken);
    }
}
