using System.Text;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting.Pdf;

public sealed class PdfStatusTests
{
    private static readonly string[] Lines = ["The town hall is open on Mondays from eight to four and closed on all other days", "of the week, holidays included."];

    [Fact]
    public async Task A_file_that_needs_a_password_says_so()
    {
        var pdf = Text();
        var nothing = new string('0', 64);
        pdf.Trailer = $"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{nothing}> /U <{nothing}> >> /ID [<00> <00>]";

        using var host = new ReadingHost();

        Assert.Equal("paper.pdf is protected by a password.", await host.WhyNotAsync(pdf.ToBytes()));
    }

    [Fact]
    public async Task Files_that_are_empty_or_no_PDF_or_damaged_say_so()
    {
        using var host = new ReadingHost();

        Assert.Equal("paper.pdf is empty.", await host.WhyNotAsync([]));
        Assert.Equal("paper.pdf is called a PDF but is none.", await host.WhyNotAsync(Encoding.UTF8.GetBytes("<html><body>404 Not found</body></html>")));
        Assert.Equal("paper.pdf cannot be read as a PDF: the file is damaged.", await host.WhyNotAsync(Text().ToBytes()[..200]));
    }

    [Fact]
    public async Task A_form_that_only_one_program_shows_says_so()
    {
        var pdf = new PdfDocument { Catalog = "/AcroForm << /XFA [(template) 3 0 R] /Fields [] >> /NeedsRendering true" };
        pdf.Lines(60, 60, ["Please wait...", "If this message is not eventually replaced by the proper contents of the document, your PDF", "viewer may not be able to display this type of document. Upgrade to the latest Adobe Reader."]);

        using var host = new ReadingHost();

        Assert.Contains("a form that only Adobe's programs show", await host.WhyNotAsync(pdf.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_pages_say_so()
    {
        using var host = new ReadingHost();

        Assert.Equal("paper.pdf has no text that can be read: its 2 pages are empty.", await host.WhyNotAsync(new PdfDocument().Page().Page().ToBytes()));
    }

    [Fact]
    public async Task Pages_beyond_the_limit_are_left_out_and_the_document_says_so()
    {
        var pdf = new PdfDocument();
        for (var i = 0; i < 5; i++)
        {
            pdf.Lines(60, 60, [$"Chapter {i * i} begins here.", .. Lines]);
            pdf.Page();
        }

        using var host = new ReadingHost(("Extracting:Pdf:MaxPages", "3"));
        var read = await host.ReadAsync(pdf.ToBytes());

        Assert.Equal([1, 2, 3], read.Blocks.Select(b => b.Page).Distinct());
        Assert.Equal("Only the first 3 of 5 pages were read.", read.Note);
    }

    [Fact]
    public async Task Stray_bytes_before_the_header_do_no_harm()
    {
        using var host = new ReadingHost();

        var read = await host.ReadAsync([.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. Text().ToBytes()]);

        Assert.Equal(string.Join(' ', Lines), Assert.Single(read.Blocks).Text);
    }

    [Theory]
    [InlineData("Opening hours of the town hall", "Opening hours of the town hall")]
    [InlineData("Microsoft Word - Opening hours", "Opening hours")]
    [InlineData("hours_final2.docx", "paper")]
    [InlineData("untitled", "paper")]
    public async Task The_title_is_that_of_the_metadata_when_it_means_something(string title, string expected)
    {
        var pdf = Text();
        pdf.Title = title;

        using var host = new ReadingHost();
        var read = await host.ReadAsync(pdf.ToBytes());

        Assert.Equal(expected, read.Title);
        Assert.Equal("Town hall", read.Author);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero), read.PublishedAt);
    }

    private static PdfDocument Text()
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, Lines);
        return pdf;
    }
}
