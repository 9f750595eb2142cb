using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting.Ocr;
using Chatbot.Tests.Ingestion.Extracting.Pdf;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Ocr;

public sealed class OcrTests
{
    private const string Expected =
        "The archive of the museum holds nearly nine thousand plans of ships. Most of them were drawn before the war. " +
        "Readers may order up to five plans a day. Copies are made by the staff and cost four pounds a sheet. " +
        "Photographs for private study are free if no flash is used. Material that is fragile is shown on the screens of the reading room.";

    [Fact]
    public async Task A_scan_is_read_and_counted()
    {
        using var host = new ReadingHost();

        var read = await host.ReadAsync((await ScanAsync()).AppendTo(new()).ToBytes());

        Assert.Equal(Expected, Text(read));
        Assert.Equal((1, 1), (read.Pages, read.OcrPages));
        Assert.Equal("en", read.Language);
        Assert.Null(read.Note);
    }

    [Fact]
    public async Task A_language_of_the_site_that_is_not_installed_is_named_with_its_package()
    {
        using var host = new ReadingHost();

        var read = await host.ReadAsync((await ScanAsync()).AppendTo(new()).ToBytes(), "paper.pdf", null, "en", "th");

        Assert.Equal(Expected, Text(read));
        Assert.Contains("without tha,", read.Note, StringComparison.Ordinal);
        Assert.Contains("apt-get install tesseract-ocr-tha", read.Note, StringComparison.Ordinal);
        Assert.True(read.IsProvisional);
    }

    [Theory]
    [InlineData("fr", "fra", "")]
    [InlineData("zh de", "chi_sim+deu", "")]
    [InlineData("th fr", "fra", "tha")]
    [InlineData("th", "deu+eng", "tha")]
    [InlineData("", "deu+eng", "")]
    public void Pages_are_read_in_the_languages_of_the_site(string wanted, string configured, string missing)
    {
        var choice = OcrLanguages.Choose(wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries), "deu+eng", new HashSet<string> { "deu", "eng", "fra", "chi_sim", "osd" });

        Assert.Equal((configured, missing), (choice.Configured, string.Join(' ', choice.Missing)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-7)]
    public async Task A_scan_that_lies_askew_is_put_straight(double degrees)
    {
        using var host = new ReadingHost();

        var read = await host.ReadAsync((await ScanAsync()).Askew(degrees).AppendTo(new()).ToBytes());

        Assert.Equal(Expected, Text(read));
    }

    [Fact]
    public async Task A_scan_that_stands_on_its_head_is_turned()
    {
        using var host = new ReadingHost();

        var read = await host.ReadAsync((await ScanAsync()).UpsideDown().AppendTo(new()).ToBytes());

        Assert.Equal(Expected, Text(read));
    }

    [Fact]
    public async Task Of_a_mixed_document_only_the_scanned_page_is_read_like_this_and_the_order_stays()
    {
        var pdf = Mixed(await ScanAsync());
        using var host = new ReadingHost();

        var read = await host.ReadAsync(pdf.ToBytes());

        Assert.Equal([1, 2, 3], read.Blocks.Select(b => b.Page).Distinct());
        Assert.Contains("nine thousand plans", Text(read), StringComparison.Ordinal);
        Assert.Equal(1, read.OcrPages);
    }

    [Fact]
    public async Task Without_Tesseract_the_other_pages_are_used_and_the_document_says_what_is_missing()
    {
        using var host = new ReadingHost(("Extracting:Ocr:Program", "/nowhere/tesseract"));

        var read = await host.ReadAsync(Mixed(await ScanAsync()).ToBytes());

        Assert.Equal([1, 3], read.Blocks.Select(b => b.Page));
        Assert.Equal(0, read.OcrPages);
        Assert.StartsWith("1 of 3 pages could not be read: Tesseract is not installed", read.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Tesseract_a_scan_says_why_it_cannot_be_read()
    {
        using var host = new ReadingHost(("Extracting:Ocr:Enabled", "false"));

        var why = await host.WhyNotAsync((await ScanAsync()).AppendTo(new()).ToBytes());

        Assert.Equal("paper.pdf has no text that can be read: 1 page is a scan or has no usable text, and reading scans is switched off (Extracting:Ocr:Enabled).", why);
    }

    [Fact]
    public async Task Rubbish_below_a_picture_is_replaced_by_what_is_seen()
    {
        var pdf = new PdfDocument();
        // White letters of an order of their own, as fonts without a map give them.
        pdf.Lines(60, 900, Enumerable.Repeat("7KH DUFKLYH KROGV QHDUO\\ QLQH WKRXVDQG SODQV RI VKLSV PRVW RI WKHP", 8));
        (await ScanAsync()).AppendTo(pdf);
        using var host = new ReadingHost();

        var read = await host.ReadAsync(pdf.ToBytes());

        Assert.Equal(Expected, Text(read));
        Assert.Equal(1, read.OcrPages);
    }

    [Fact]
    public async Task A_scan_in_a_language_that_is_configured_last_is_read_in_it()
    {
        var pdf = new PdfDocument();
        pdf.Lines(70, 120,
        [
            "La bibliothèque est fermée pendant les fêtes. Les élèves qui préparent un mémoire peuvent",
            "réserver une place près de la fenêtre, à côté des dictionnaires. Les prêts sont prolongés",
            "jusqu'à la rentrée. Où êtes-vous inscrit ? Apportez votre carte, elle sera renouvelée.",
        ], 11);
        using var host = new ReadingHost(("Extracting:Ocr:Languages", "deu+eng+fra"));

        var read = await host.ReadAsync((await DrawnPage.OfAsync(pdf)).AppendTo(new()).ToBytes());

        Assert.Contains("La bibliothèque est fermée pendant les fêtes. Les élèves qui préparent un mémoire", Text(read), StringComparison.Ordinal);
        Assert.Contains("à côté des dictionnaires", Text(read), StringComparison.Ordinal);
        Assert.Equal("fr", read.Language);
    }

    private static string Text(Extraction read) => string.Join(' ', read.Blocks.Select(b => b.Text));

    private static PdfDocument Mixed(DrawnPage scan)
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, ["The first page has a text of its own, which is long enough to be taken for one,", "and it ends here."]);
        pdf.Page();
        scan.AppendTo(pdf);
        pdf.Lines(60, 60, ["The third page has a text of its own, which is long enough to be taken for one,", "and it ends here, too."]);
        return pdf.Page();
    }

    private static async Task<DrawnPage> ScanAsync()
    {
        var pdf = new PdfDocument();
        pdf.Lines(70, 120,
        [
            "The archive of the museum holds nearly nine thousand plans of ships. Most of them were",
            "drawn before the war. Readers may order up to five plans a day. Copies are made by the",
            "staff and cost four pounds a sheet. Photographs for private study are free if no flash is",
            "used. Material that is fragile is shown on the screens of the reading room.",
        ], 11);
        return await DrawnPage.OfAsync(pdf);
    }
}
