using System.Text;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class HostileOfficeTests
{
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]];

    private static readonly string[] s_names = ["paper.docx", "paper.xlsx", "paper.pptx", "paper.odt"];

    public static TheoryData<string> Names => [.. s_names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Files_that_are_locked_old_empty_or_something_else_say_so(string name)
    {
        using var host = new ReadingHost();

        Assert.Equal($"{name} is protected by a password.", await host.WhyNotAsync([.. CompoundFile, .. Encoding.Unicode.GetBytes("EncryptedPackage")], name));
        Assert.Contains("Office 97 to 2003", await host.WhyNotAsync(CompoundFile, name), StringComparison.Ordinal);
        Assert.Equal($"{name} is empty.", await host.WhyNotAsync([], name));
        Assert.Contains("but is none", await host.WhyNotAsync("<html>404</html>"u8.ToArray(), name), StringComparison.Ordinal);
        Assert.Contains("damaged", await host.WhyNotAsync(Zip(("readme.txt", "hello")), name), StringComparison.Ordinal);
        Assert.Contains("damaged", await host.WhyNotAsync("PK\u0003\u0004"u8.ToArray(), name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Entities_are_refused(string name)
    {
        using var host = new ReadingHost();

        Assert.Contains("declares a document type", await host.WhyNotAsync(File(name, "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><x>&a;&b;</x>"), name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_million_nested_elements_end_as_damaged(string name)
    {
        var nested = "<x xmlns:w=\"w\"><body><sheets><sldIdLst><automatic-styles>" + string.Concat(Enumerable.Repeat("<p>", 1_000_000));
        using var host = new ReadingHost();

        Assert.Contains("damaged", await host.WhyNotAsync(File(name, nested), name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bomb_is_stopped_while_it_is_unpacked(string name)
    {
        using var host = new ReadingHost(("Extracting:Office:MaxUnpackedMb", "2"));

        Assert.Equal($"{name} is not read: unpacked it has more than 2 MB of text.", await host.WhyNotAsync(File(name, "<x>" + new string(' ', 20_000_000) + "</x>"), name));
    }

    [Fact]
    public async Task A_file_of_too_many_parts_is_refused()
    {
        var parts = Enumerable.Range(0, 50).Select(i => ($"p{i}.xml", "")).ToArray();
        using var host = new ReadingHost(("Extracting:Office:MaxParts", "40"));

        Assert.Equal("paper.docx is not read: it has more than 40 parts.", await host.WhyNotAsync(Zip(parts), "paper.docx"));
    }

    [Fact]
    public async Task Spans_and_repetitions_without_end_are_bounded()
    {
        var table = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2000000000\"/></w:tcPr>" + Paragraph("a") + "</w:tc><w:tc>" + Paragraph("b") + "</w:tc></w:tr></w:tbl>";
        const string Text = "<table:table><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"1000000\"><text:p>x<text:s text:c=\"1000000000\"/>y</text:p></table:table-cell><table:table-cell/></table:table-row></table:table>";
        using var host = new ReadingHost();

        var word = await host.ReadAsync(Word(table), "paper.docx");
        var text = await host.ReadAsync(OpenText(Text), "paper.odt");

        Assert.True(word.Blocks.Sum(b => b.Text.Length) < 10_000);
        Assert.True(text.Blocks.Sum(b => b.Text.Length) < 10_000_000);
    }

    [Fact]
    public async Task Truncated_and_changed_files_end_with_a_text_or_a_reason()
    {
        byte[][] files = [Word(Paragraph("Words of a paragraph.")), Workbook("<si><t>x</t></si>", "", ("A", "visible", Rows(["a", "b"], ["c", "d"]))), Slides(("", "<p:sp><p:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></p:txBody></p:sp>", null)), OpenText("<text:p>x</text:p>")];
        var random = new Random(20_26);
        using var host = new ReadingHost();

        for (var i = 0; i < 200; i++)
        {
            var which = i % files.Length;
            var bytes = files[which].ToArray();
            if (i % 3 == 0) bytes = bytes[..random.Next(bytes.Length)];
            else for (var flips = random.Next(1, 20); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));

            try
            {
                await host.ReadAsync(bytes, s_names[which]);
            }
            catch (Chatbot.Ingestion.Extracting.ExtractionFailedException error)
            {
                Assert.StartsWith("paper.", error.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A file whose main part is this XML.</summary>
    private static byte[] File(string name, string main)
    {
        var path = Path.GetExtension(name) switch { ".docx" => "word/document.xml", ".xlsx" => "xl/workbook.xml", ".pptx" => "ppt/presentation.xml", _ => "content.xml" };
        return Zip((path, main));
    }
}
