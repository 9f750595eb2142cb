using Chatbot.Core;
using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Backends.Archive;

/// <summary>What every <see cref="IDocumentArchive"/> does.</summary>
public abstract class DocumentArchiveContract
{
    private readonly string blob = Ids.Hash(Ids.New());

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract Task<IDocumentArchive> OpenAsync();

    [Fact]
    public async Task An_extraction_comes_back_as_it_was_kept()
    {
        var archive = await OpenAsync();
        var extraction = new Extraction
        {
            Title = "Gebühren",
            Language = "de",
            PublishedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)),
            Pages = 3,
            OcrPages = 1,
            Blocks =
            [
                new Block { Kind = BlockKind.Heading, Text = "Gebühren 费用", Level = 1, Page = 1, Anchor = "top" },
                new Block { Kind = BlockKind.Table, Text = "a | b", Rows = [["a", "b"], ["1", "2"]], HasHeader = true },
            ],
        };
        await archive.KeepAsync(blob, "html-1", extraction, Token);

        var found = await archive.FindAsync(blob, "html-1", Token);

        Assert.Equivalent(extraction, found, strict: true);
    }

    [Fact]
    public async Task Another_blob_or_another_version_of_the_extractor_finds_nothing()
    {
        var archive = await OpenAsync();
        await archive.KeepAsync(blob, "html-1", new Extraction { Blocks = [] }, Token);

        Assert.Null(await archive.FindAsync(blob, "html-2", Token));
        Assert.Null(await archive.FindAsync(Ids.Hash("other"), "html-1", Token));
    }

    [Fact]
    public async Task The_last_extraction_kept_wins()
    {
        var archive = await OpenAsync();
        await archive.KeepAsync(blob, "html-1", new Extraction { Title = "one", Blocks = [] }, Token);

        await archive.KeepAsync(blob, "html-1", new Extraction { Title = "two", Blocks = [] }, Token);

        Assert.Equal("two", (await archive.FindAsync(blob, "html-1", Token))?.Title);
    }
}
