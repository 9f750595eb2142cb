using System.ComponentModel.DataAnnotations;
using Chatbot.Core.Chunks;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Chunking;
using Xunit;

namespace Chatbot.Tests.Ingestion.Chunking;

public sealed class ChunkerTests
{
    private static readonly ChunkSource Source = new("doc", 3, "https://town.example/office", "Office", "en");

    [Fact]
    public void Short_sections_share_a_chunk_and_keep_their_headings_in_its_text()
    {
        var chunk = Assert.Single(Cut(Heading(1, "Services"), Heading(2, "Hours"), Text("Mondays."), Heading(2, "Fees"), Text("None.")));

        Assert.Equal(["Services"], chunk.HeadingPath);
        Assert.Equal("Hours\nMondays.\n\nFees\nNone.", chunk.Text);
    }

    [Fact]
    public void A_chunk_in_another_language_is_told_from_its_document()
    {
        const string german = "Das Bürgeramt ist an Werktagen von neun bis sechs Uhr geöffnet. Sie können Ihren Ausweis dort abholen, wenn Sie die Nachricht erhalten haben, dass er bereit liegt. ";
        const string english = "The office is open on weekdays from nine to six. You can collect your passport there when you have been told that it is ready for you. ";

        var chunks = Cut(Heading(2, "Office"), Text(string.Concat(Enumerable.Repeat(english, 8))), Heading(2, "Bürgeramt"), Text(string.Concat(Enumerable.Repeat(german, 8))));

        Assert.Equal(["en", "de"], chunks.Select(chunk => chunk.Language));
    }

    [Fact]
    public void Links_go_with_their_words_into_whatever_chunk_these_come()
    {
        var rows = Enumerable.Range(0, 100).Select(i => $"street number {i} | collected on day {i}").Prepend("Street | Day").ToList();
        var table = string.Join('\n', rows);
        var link = new TextLink(table.IndexOf("number 77", StringComparison.Ordinal), "number 77".Length, "https://town.example/77");
        var head = new TextLink(0, "Street".Length, "https://town.example/streets");
        var text = new Block { Kind = BlockKind.Paragraph, Text = "See the plan.", Links = [new(8, 4, "https://town.example/plan")] };

        var chunks = Cut(Heading(2, "Waste"), text, new Block { Kind = BlockKind.Table, Text = table, HasHeader = true, Links = [head, link] });

        Assert.True(chunks.Count > 2);
        var found = chunks.SelectMany(c => c.Links.Select(l => (Words: c.Text.Substring(l.Start, l.Length), l.Url))).ToList();
        Assert.Equal([("number 77", "https://town.example/77"), ("plan", "https://town.example/plan")], found.Where(l => l.Words != "Street").OrderBy(l => l.Url));
        Assert.Equal(chunks.Count, found.Count(l => l.Words == "Street"));
        Assert.DoesNotContain(chunks, c => c.Text.Contains("https:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_of_its_own_has_its_heading_in_the_path_only()
    {
        var chunks = Cut(Heading(1, "A"), Heading(2, "B"), Text(Words(900)), Heading(2, "C"), Text(Words(900)));

        Assert.Equal([["A", "B"], ["A", "C"]], chunks.Select(c => c.HeadingPath));
        Assert.All(chunks, c => Assert.Equal(Words(900), c.Text));
    }

    [Fact]
    public void Blocks_stay_whole_up_to_the_maximum_and_chunks_stay_below_it()
    {
        var blocks = Enumerable.Range(0, 40).Select(i => Text(Words(100 + (i * 37 % 500), i))).ToArray();

        var chunks = Cut(blocks);

        Assert.All(chunks, c => Assert.InRange(c.Text.Length, 250, 1_500));
        Assert.Equal(blocks.Select(b => b.Text), chunks.SelectMany(c => c.Text.Split("\n\n")));
    }

    [Fact]
    public void A_table_too_long_is_cut_between_rows_and_repeats_its_header()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"street {i} | collected on day {i}").Prepend("Street | Day").ToList();
        var table = new Block { Kind = BlockKind.Table, Text = string.Join('\n', rows), HasHeader = true };

        var chunks = Cut(table);

        Assert.True(chunks.Count > 5);
        Assert.All(chunks, c => Assert.StartsWith("Street | Day\nstreet ", c.Text, StringComparison.Ordinal));
        Assert.Equal(rows.Skip(1), chunks.SelectMany(c => c.Text.Split('\n').Skip(1)));
    }

    [Fact]
    public void Code_too_long_is_cut_between_lines()
    {
        var code = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"    line({i});"));

        var chunks = Cut(new Block { Kind = BlockKind.Code, Text = code });

        Assert.True(chunks.Count > 3);
        Assert.Equal(code, string.Join('\n', chunks.Select(c => c.Text)));
    }

    [Fact]
    public void Text_too_long_is_cut_between_sentences()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"This is sentence number {i}, and it says as much as any other."));

        var chunks = Cut(Text(text));

        Assert.All(chunks, c => Assert.True(c.Text.EndsWith('.') && c.Text.StartsWith("This", StringComparison.Ordinal)));
        Assert.Equal(text, string.Join(' ', chunks.Select(c => c.Text)));
    }

    [Fact]
    public void What_has_neither_sentences_nor_blanks_is_cut_between_characters()
    {
        var chunks = Cut(Text(string.Concat(Enumerable.Repeat("x😀", 2_000))));

        Assert.All(chunks, c => Assert.False(char.IsLowSurrogate(c.Text[0]) || char.IsHighSurrogate(c.Text[^1]) || c.Text.Length > 1_500));
        Assert.Equal(6_000, chunks.Sum(c => c.Text.Length));
    }

    [Fact]
    public void A_lead_in_goes_with_what_it_announces()
    {
        var chunks = Cut(Text(Words(900)), Text("The following fees are due:"), new Block { Kind = BlockKind.Code, Text = Words(700, 1) });

        Assert.Equal(2, chunks.Count);
        Assert.StartsWith("The following fees are due:", chunks[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_is_never_the_last_of_a_chunk_whose_section_follows()
    {
        var blocks = Enumerable.Range(0, 30).SelectMany(i => (Block[])[Heading(2, $"Heading {i}"), Text(Words(150 + (i * 53 % 700), i))]).ToArray();

        Assert.All(Cut(blocks), c => Assert.DoesNotMatch(@"Heading \d+$", c.Text));
    }

    [Fact]
    public void Chinese_chunks_are_half_as_long()
    {
        var chunks = Cut(Enumerable.Range(0, 20).Select(_ => Text("市民办公室位于市政厅一楼，办理身份证、护照、居住登记和各种证明，无需预约即可前来咨询。开放时间为周一至周五。")).ToArray());

        Assert.All(chunks, c => Assert.InRange(c.Text.Length, 200, 750));
    }

    [Fact]
    public void Page_and_anchor_are_those_of_the_first_block()
    {
        var chunks = Cut(
            Heading(2, "Hours") with { Anchor = "hours", Page = 4 }, Text(Words(900)) with { Anchor = "inner", Page = 5 }, Text(Words(900)) with { Anchor = "later", Page = 6 });

        Assert.Equal([("hours", 4), ("later", 6)], chunks.Select(c => (c.Anchor, c.Page)));
    }

    [Fact]
    public void Headings_without_text_are_not_lost()
    {
        Assert.Equal("Services\n\nFees", Assert.Single(Cut(Heading(2, "Services"), Heading(2, "Fees"))).Text);
        Assert.Equal("Only", Assert.Single(Cut(Heading(1, "Only"))).Text);
    }

    [Fact]
    public void The_same_document_gives_the_same_ids_and_no_two_chunks_share_one()
    {
        var blocks = Enumerable.Repeat(Text(Words(900)), 5).ToArray();

        var (first, second) = (Cut(blocks), Cut(blocks));

        Assert.Equal(first.Select(c => c.Id), second.Select(c => c.Id));
        Assert.Equal(first.Count, first.Select(c => c.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, first.Count), first.Select(c => c.Ordinal));
        Assert.All(first, c => Assert.Equal(("doc", 3, "https://town.example/office", "Office", "en"), (c.DocumentId, c.Version, c.Url, c.Title, c.Language)));
    }

    [Fact]
    public void An_empty_document_has_no_chunks() => Assert.Empty(Cut(Text("  ")));

    [Fact]
    public void Ten_thousand_columns_and_a_hundred_thousand_headings_are_cut()
    {
        var wide = new Block { Kind = BlockKind.Table, HasHeader = true, Text = string.Join(" | ", Enumerable.Repeat("header", 10_000)) + "\n" + string.Join(" | ", Enumerable.Repeat("cell", 10_000)) };
        var headings = Enumerable.Range(0, 100_000).Select(i => Heading(1 + (i % 6), $"h{i % 7}"));

        Assert.All(Cut([wide, .. headings]), c => Assert.InRange(c.Text.Length, 1, 1_500));
    }

    [Fact]
    public void A_maximum_below_the_target_is_refused()
    {
        var options = new ChunkingOptions { TargetLength = 1_000, MaxLength = 500 };

        Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Empty(new ChunkingOptions().Validate(new ValidationContext(new ChunkingOptions())));
    }

    private static IReadOnlyList<Chunk> Cut(params Block[] blocks) => Chunker.Cut(Source, new() { Blocks = blocks }, new());

    private static Block Heading(int level, string text) => new() { Kind = BlockKind.Heading, Level = level, Text = text };

    private static Block Text(string text) => new() { Kind = BlockKind.Paragraph, Text = text };

    private static string Words(int length, int seed = 0)
    {
        var words = string.Join(' ', Enumerable.Range(seed * 1_000, length).Select(i => $"w{i}"));
        return words[..length].TrimEnd() is var cut && cut.Length < length ? cut.PadRight(length, 'x') : words[..length];
    }
}
