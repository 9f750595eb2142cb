using Chatbot.Core.Extractions;
using Xunit;
using static Chatbot.Tests.Ingestion.Extracting.Office.OfficePackages;

namespace Chatbot.Tests.Ingestion.Extracting.Office;

public sealed class OpenTextTests
{
    [Fact]
    public async Task A_text_has_headings_lists_tables_and_notes()
    {
        const string Styles = """
            <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
            <style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>
            <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
            """;
        const string Body = """
            <text:tracked-changes><text:changed-region><text:deletion><text:p>deleted words</text:p></text:deletion></text:changed-region></text:tracked-changes>
            <text:p text:style-name="P1">Règlement de la ville</text:p>
            <text:table-of-content><text:index-body><text:p>Tarifs 3</text:p></text:index-body></text:table-of-content>
            <text:h text:outline-level="2">Tarifs</text:h>
            <text:p>La carte<text:s text:c="2"/>coûte <text:span>dix euros</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Gratuit pour les enfants.</text:p></text:note-body></text:note>,
            voir <text:a>notre site</text:a>.<office:annotation><text:p>À vérifier</text:p></office:annotation><text:span text:style-name="T9">caché</text:span></text:p>
            <text:list text:style-name="L1"><text:list-item><text:p>Demander</text:p><text:list><text:list-item><text:p>par courrier</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Payer</text:p></text:list-item></text:list>
            <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Jour</text:p></table:table-cell><table:table-cell><text:p>Heures</text:p></table:table-cell></table:table-row></table:table-header-rows>
            <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Lundi</text:p></table:table-cell><table:table-cell><text:p>8 à 12</text:p></table:table-cell></table:table-row>
            <table:table-row><table:covered-table-cell/><table:table-cell><text:p>14 à 16</text:p></table:table-cell></table:table-row></table:table>
            """;

        using var host = new ReadingHost();
        var read = await host.ReadAsync(OpenText(Body, Styles, "<dc:creator>Mairie</dc:creator><dc:date>2024-03-01T12:00:00</dc:date>"), "texte.odt");

        Assert.Equal(
            [
                (BlockKind.Heading, 1, "Règlement de la ville"), (BlockKind.Heading, 2, "Tarifs"), (BlockKind.Paragraph, 0, "La carte  coûte dix euros [1], voir notre site."),
                (BlockKind.ListItem, 1, "1. Demander"), (BlockKind.ListItem, 2, "par courrier"), (BlockKind.ListItem, 1, "2. Payer"),
                (BlockKind.Table, 0, "Jour | Heures\nLundi | 8 à 12\nLundi | 14 à 16"), (BlockKind.Footnote, 0, "[1] Gratuit pour les enfants."),
            ],
            read.Blocks.Select(b => (b.Kind, b.Level, b.Text)));
        Assert.True(read.Blocks[6].HasHeader);
        Assert.Equal(("Règlement de la ville", "fr", "Mairie"), (read.Title, read.Language, read.Author));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero), read.PublishedAt);
    }

    [Fact]
    public async Task Words_keep_their_links()
    {
        const string Styles = "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style>";
        using var host = new ReadingHost();

        var read = await host.ReadAsync(
            OpenText(
                """
                <text:p> Fill in <text:a href="https://town.example/form">the form</text:a> or <text:a href="javascript:alert(1)">nothing</text:a>.</text:p>
                <text:list text:style-name="L1"><text:list-item><text:p>See <text:a href="mailto:office@town.example">the office</text:a></text:p></text:list-item></text:list>
                <table:table><table:table-row><table:table-cell><text:p>Fee</text:p></table:table-cell><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>
                <table:table-row><table:table-cell><text:p>A <text:a href="https://town.example/list">list</text:a></text:p></table:table-cell><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>
                """, Styles), "texte.odt");

        Assert.Equal(
            [("the form", "https://town.example/form"), ("the office", "mailto:office@town.example"), ("list", "https://town.example/list")],
            read.Blocks.SelectMany(b => (b.Links ?? []).Select(l => (b.Text.Substring(l.Start, l.Length), l.Url))));
    }

    [Fact]
    public async Task A_text_behind_a_password_says_so()
    {
        using var host = new ReadingHost();

        Assert.Equal("texte.odt is protected by a password.", await host.WhyNotAsync(OpenText("<text:p>x</text:p>", manifest: "<m:file-entry><m:encryption-data/></m:file-entry>"), "texte.odt"));
    }
}
