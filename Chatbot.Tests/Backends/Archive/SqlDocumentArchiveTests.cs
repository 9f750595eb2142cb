using Chatbot.Backends.Archive;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Extractions;
using Chatbot.Tests.Backends.Embedded;
using Xunit;

namespace Chatbot.Tests.Backends.Archive;

public sealed class SqlDocumentArchiveTests : DocumentArchiveContract, IDisposable
{
    private readonly EmbeddedData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task What_cannot_be_read_counts_as_not_there()
    {
        var archive = await OpenAsync();
        var blob = Ids.Hash("blob");
        await archive.KeepAsync(blob, "html-1", new Extraction { Blocks = [] }, Token);
        await data.Open().WriteAsync(transaction => transaction.RunAsync("UPDATE extractions SET body = @body", new { body = new byte[] { 1, 2, 3 } }, Token), Token);

        Assert.Null(await archive.FindAsync(blob, "html-1", Token));
    }

    protected override async Task<IDocumentArchive> OpenAsync() => new SqlDocumentArchive(await data.OpenMigratedAsync());
}
