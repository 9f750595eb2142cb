using Chatbot.Tests.Ingestion.Extracting.Office;
using Chatbot.Tests.Ingestion.Extracting.Pdf;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class ReadImagesTests : IAsyncLifetime
{
    private readonly Installation installation = new();
    private byte[] poster = [];
    private byte[] notice = [];
    private TestSite site = null!;

    public async ValueTask InitializeAsync()
    {
        poster = await PosterAsync("Summer fair on the market square", "Saturday from ten until four o'clock", "Entry is free for all children");
        notice = Notice(poster);
        site = await TestSite.StartAsync(app =>
        {
            app.MapGet("/img/poster.png", () => Results.Bytes(poster, "image/png"));
            app.MapGet("/moved.png", () => Results.Redirect("/img/poster.png"));
            app.MapGet("/no/secret.png", () => Results.Bytes(poster, "image/png"));
            app.MapGet("/notice.docx", () => Results.Bytes(notice, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
            app.MapGet("/robots.txt", () => "User-agent: *\nDisallow: /no/\n");
        });
        site.Page("/", "Events", """
            <p>What goes on in the town this year is shown below, and everybody is welcome to come.</p>
            <img src="/img/poster.png" width="600" height="200" alt="Summer fair on the market square"><p>See you there, says the mayor.</p>
            <p>More <a href="/other">about it</a>.</p>
            """);
        PutOther("");
    }

    private void PutOther(string more) => site.Page("/other", "Other", $"""
        <p>Another page of the town with the same poster, whose pictures are moved, small, forbidden or drawn.</p>
        <img src="/moved.png"><img src="/icon.png" width="16" height="16"><img src="/no/secret.png"><img src="/drawing.svg"><img src="data:image/png;base64,AAAA">{more}
        """);

    // A poster between two lines, as the only thing that matters in a letter.
    private static byte[] Notice(byte[] poster) => OfficePackages.Word(
        OfficePackages.Paragraph("To all who live here, with kind regards.")
        + "<w:p><w:r><w:drawing><a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:embed=\"picture\"/></w:drawing></w:r></w:p>"
        + OfficePackages.Paragraph("The mayor."), picture: poster);

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        installation.Dispose();
    }

    [Fact]
    public async Task Text_in_pictures_is_found_where_a_site_asks_for_it_and_another_picture_is_a_change()
    {
        await installation.CrawlAsync(site.Url("/"));
        Assert.DoesNotContain(site.Requests, request => request.EndsWith(".png", StringComparison.Ordinal));

        PutOther("<p>Read <a href=\"/notice.docx\">the notice</a>.</p>");
        var asked = await installation.CrawlAsync(site.Url("/"), "--read-images", "--ocr-language", "en");
        var page = Assert.Single(installation.Chunks(), chunk => chunk.Path == "/");
        var other = Assert.Single(installation.Chunks(), chunk => chunk.Path == "/other");
        var letter = Assert.Single(installation.Chunks(), chunk => chunk.Path == "/notice.docx");
        site.ForgetRequests();
        var same = await installation.CrawlAsync(site.Url("/"));

        Assert.Equal(2, asked.GetProperty("changed").GetInt32());
        Assert.Contains("Entry is free for all children", page.Text, StringComparison.Ordinal);
        Assert.Single(page.Text.Split('\n'), line => line.Contains("Summer fair", StringComparison.Ordinal));
        Assert.Contains("from ten until four", other.Text, StringComparison.Ordinal);
        Assert.Matches(@"kind regards\.\s+Summer fair(?s:.*)for all children\s+The mayor", letter.Text);
        Assert.Equal((0, 3), (same.GetProperty("changed").GetInt32(), same.GetProperty("unchanged").GetInt32()));
        Assert.DoesNotContain(site.Requests, request => request is "/no/secret.png" or "/icon.png" or "/drawing.svg");
    }

    private static async Task<byte[]> PosterAsync(params string[] lines)
    {
        var pdf = new PdfDocument();
        pdf.Lines(60, 60, lines, size: 14);
        var drawn = await DrawnPage.OfAsync(pdf);
        return Png.Of(drawn.Pixels, drawn.Width, drawn.Height);
    }
}
