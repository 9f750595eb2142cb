using System.Text;
using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Rtf;

public sealed class RtfTests
{
    [Fact]
    public async Task Headings_lists_tables_and_notes_are_read()
    {
        var read = await ReadAsync("""
            {\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}
            {\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\*\cs10 Default;}}
            {\info{\title Satzung der Stadt}{\author Rathaus}{\creatim\yr2024\mo3}}
            {\header Stadt Lindenau \chpgn\par}
            \pard\s1 Abfall\par
            \pard\s2 Tonnen\par
            \pard Die Tonne steht ab {\b sechs} Uhr{\v versteckt} bereit.{\footnote\pard Au\'dfer sonntags.\par}\line Zweite Zeile\par
            {\listtext\pard 1.\tab}\pard\ls1\ilvl0 Anmelden\par
            {\listtext\pard\f1\'b7\tab}\pard\ls1\ilvl1 per Post\par
            \trowd\trhdr\cellx2000\cellx4000\pard\intbl Stra\'dfe\cell Tag\cell\row
            \trowd\cellx2000\cellx4000\pard\intbl Ulmenweg\par Nord\cell Montag\cell\row
            \pard Danach.\par}
            """, "satzung.rtf");

        Assert.Equal(
            [
                (BlockKind.Heading, 1, "Abfall"), (BlockKind.Heading, 2, "Tonnen"),
                (BlockKind.Paragraph, 0, "Die Tonne steht ab sechs Uhr bereit. [1]\nZweite Zeile"), (BlockKind.ListItem, 1, "1. Anmelden"), (BlockKind.ListItem, 2, "per Post"),
                (BlockKind.Table, 0, "Straße | Tag\nUlmenweg Nord | Montag"), (BlockKind.Paragraph, 0, "Danach."), (BlockKind.Footnote, 0, "[1] Außer sonntags."),
            ],
            read.Blocks.Select(b => (b.Kind, b.Level, b.Text)));
        Assert.True(read.Blocks[5].HasHeader);
        Assert.Equal(("Satzung der Stadt", "Rathaus"), (read.Title, read.Author));
    }

    [Theory]
    [InlineData(@"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8364?5 \u8211\'96 \ldblquote a\rdblquote\~b\_c\-d}", "café €5 – “a” b-cd")]
    [InlineData(@"{\rtf1\ansi{\fonttbl{\f0\fcharset204 Arial Cyr;}{\f1\fcharset134 SimSun;}}{\f0 \'cf\'f0\'e8\'e2\'e5\'f2} {\f1 \'c4\'e3\'ba\'c3}}", "Привет 你好")]
    [InlineData(@"{\rtf1\ansi\uc2 \u-10179\'3f\'3f\u-8704\'3f\'3f!}", "😀!")]
    [InlineData(@"{\rtf1\ansi{\upr{before}{\*\ud{\u1078?}}} end}", "ж end")]
    [InlineData(@"{\rtf1\ansi before{\pict\bin5 }}{{\}after{\*\unknown gone} {\field{\*\fldinst HYPERLINK ""https://x.example""}{\fldrslt the form}}}", "beforeafter the form")]
    [InlineData(@"{\rtf1 cut off in the mid", "cut off in the mid")]
    public async Task Characters_are_those_of_their_font_and_of_Unicode(string rtf, string expected) =>
        Assert.Equal(expected, Assert.Single((await ReadAsync(rtf)).Blocks).Text);

    [Fact]
    public async Task Words_keep_their_links()
    {
        const string Form = @"{\field{\*\fldinst{HYPERLINK ""https://town.example/form""}}{\fldrslt{\ul the  form}}}";
        var read = await ReadAsync(
            $@"{{\rtf1 Fill in {Form} or {{\field{{\*\fldinst HYPERLINK ""javascript:alert(1)""}}{{\fldrslt nothing}}}}, see {{\field{{\*\fldinst HYPERLINK \\l ""below""}}{{\fldrslt below}}}}.\par\trowd\intbl Fee\cell 7\cell\row\trowd\intbl {Form}\cell 9\cell\row\pard}}");

        Assert.Equal(["Fill in the form or nothing, see below.", "Fee | 7\nthe form | 9"], read.Blocks.Select(b => b.Text));
        Assert.All(read.Blocks, b => Assert.Equal(("the form", "https://town.example/form"), (b.Text.Substring(b.Links![0].Start, b.Links[0].Length), Assert.Single(b.Links).Url)));
    }

    [Fact]
    public async Task Bold_lines_are_headings_where_there_are_no_styles()
    {
        var read = await ReadAsync(@"{\rtf1{\b Opening hours}\par We open at eight.\par {\b Fees}\par None.\par}");

        Assert.Equal([(BlockKind.Heading, "Opening hours"), (BlockKind.Paragraph, "We open at eight."), (BlockKind.Heading, "Fees"), (BlockKind.Paragraph, "None.")], read.Blocks.Select(b => (b.Kind, b.Text)));
    }

    [Fact]
    public async Task What_is_none_or_nested_without_end_is_refused_with_a_reason()
    {
        using var host = new ReadingHost();

        Assert.Equal("x.rtf is called rich text (RTF) but is none.", await host.WhyNotAsync("hello"u8.ToArray(), "x.rtf"));
        Assert.Contains("damaged", await host.WhyNotAsync(Encoding.ASCII.GetBytes(@"{\rtf1 " + new string('{', 100_000)), "x.rtf"), StringComparison.Ordinal);
        Assert.Contains("no text", await host.WhyNotAsync(@"{\rtf1{\pict 00}}"u8.ToArray(), "x.rtf"), StringComparison.Ordinal);
    }

    private static async Task<Extraction> ReadAsync(string rtf, string name = "text.rtf")
    {
        using var host = new ReadingHost();
        return await host.ReadAsync(Encoding.ASCII.GetBytes(rtf), name);
    }
}
