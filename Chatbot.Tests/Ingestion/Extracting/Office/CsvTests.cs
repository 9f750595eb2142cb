using System.Text;
using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class CsvTests
{
    [Theory]
    [InlineData("Straße,Ort\nAm Markt 1,\"Köln, Süd\"\n")]
    [InlineData("Straße;Ort\r\n\"Am Markt 1\";Köln, Süd\r\n")]
    [InlineData("Straße\tOrt\nAm Markt 1\tKöln, Süd")]
    [InlineData("sep=;\nStraße;Ort\nAm Markt 1;Köln, Süd")]
    public async Task Cells_are_told_apart_by_whatever_stands_between_them(string text)
    {
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], Encoding.Latin1.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]])
        {
            var table = Assert.Single((await ReadAsync(bytes)).Blocks);

            Assert.Equal("Straße | Ort\nAm Markt 1 | Köln, Süd", table.Text);
            Assert.True(table.HasHeader);
        }
    }

    [Theory]
    [InlineData("Question,Answer\nWho pays?,\"You, \"\"madam\"\".\"\n", "Who pays?\nYou, \"madam\".")]
    [InlineData("Nr;Frage;Antwort\n1;Wer zahlt?;Sie.\n", "Wer zahlt?\nSie.\nNr: 1")]
    [InlineData("Réponse;Question\nVous.;Qui paie ?\n", "Qui paie ?\nVous.")]
    [InlineData("问题,答案\n谁付款？,您。\n", "谁付款？\n您。")]
    public async Task Questions_are_known_by_the_header_in_each_language(string text, string expected)
    {
        var faq = Assert.Single((await ReadAsync(Encoding.UTF8.GetBytes(text))).Blocks);

        Assert.Equal((BlockKind.Faq, expected), (faq.Kind, faq.Text));
    }

    [Fact]
    public async Task A_cell_may_have_several_lines_and_a_broken_quote_ends_nothing()
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes("Name,Note\nFerry,\"leaves\nat noon\"\nBoat,5\" wide\nEnd,\"open"));

        Assert.Equal("Name | Note\nFerry | leaves at noon\nBoat | 5\" wide\nEnd | open", Assert.Single(read.Blocks).Text);
    }

    [Fact]
    public async Task Columns_and_rows_without_end_are_bounded()
    {
        var wide = string.Join(',', Enumerable.Range(0, 10_000)) + "\n" + string.Join(',', Enumerable.Range(0, 10_000));
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 1_000_000; i++) text.Append("x,y\n");

        var columns = await ReadAsync(Encoding.UTF8.GetBytes(wide));
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(text.ToString()));

        Assert.Equal([200, 200], columns.Blocks[0].Rows!.Select(row => row.Count));
        Assert.Equal("Only the first 200 columns were read.", columns.Note);
        Assert.Equal(50_000, rows.Blocks[0].Rows!.Count);
        Assert.Equal("Only the first 50000 rows were read.", rows.Note);
    }

    [Fact]
    public async Task What_is_binary_or_empty_says_so()
    {
        using var host = new ReadingHost();

        Assert.Equal("list.csv is empty.", await host.WhyNotAsync([], "list.csv"));
        Assert.Equal("list.csv has no text that can be read.", await host.WhyNotAsync("\n;;\n"u8.ToArray(), "list.csv"));
        Assert.Contains("binary", await host.WhyNotAsync([1, 0, 2, 0], "list.csv"), StringComparison.Ordinal);
    }

    private static async Task<Extraction> ReadAsync(byte[] bytes)
    {
        using var host = new ReadingHost();
        return await host.ReadAsync(bytes, "list.csv", "text/csv");
    }
}
