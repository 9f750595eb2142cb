using Chatbot.Tests.Ingestion.Extracting.Office;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Server.Crawling;

public sealed class OfficeFilesTests
{
    [Fact]
    public async Task Office_files_that_a_site_links_to_are_crawled_and_found()
    {
        var word = OfficePackages.Word(OfficePackages.Paragraph("The heron permit costs forty crowns and is valid for a year."), title: "Heron permits");
        var list = OfficePackages.Workbook("", "", ("Moorings", "visible", OfficePackages.Rows(["Mooring", "Fee"], ["Otter quay", "17 crowns"])));
        await using var site = await TestSite.StartAsync(app =>
        {
            app.MapGet("/files/permits.docx", () => Results.Bytes(word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
            // A server that does not know the type, and an address that does not tell it.
            app.MapGet("/download", () => Results.Bytes(list, "application/octet-stream"));
            app.MapGet("/files/faq.csv", () => Results.Bytes("Question;Answer\nMay I feed the bittern?;No.\n"u8.ToArray(), "text/csv"));
            app.MapGet("/files/locked.docx", () => Results.Bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
        });
        site.Page("/", "The town", "<p>Forms: <a href=/files/permits.docx>permits</a>, <a href=/download?id=7>moorings</a>, <a href=/files/faq.csv>questions</a>, <a href=/files/locked.docx>locked</a></p>");
        using var installation = new Installation();

        await installation.CrawlAsync(site.Url("/"));
        var found = await installation.RunAsync("search", "What does the otter quay cost?", "--json");

        Assert.Equal(1, installation.Count("SELECT COUNT(*) FROM documents WHERE url LIKE '%permits.docx' AND status = 'indexed' AND title = 'Heron permits'"));
        Assert.Contains(installation.Chunks(), c => c.Path == "/files/permits.docx" && c.Text.Contains("forty crowns", StringComparison.Ordinal));
        Assert.Contains(installation.Chunks(), c => c.Path == "/files/faq.csv" && c.Text == "May I feed the bittern?\nNo.");
        Assert.Equal(1, installation.Count("SELECT COUNT(*) FROM documents WHERE url LIKE '%locked.docx' AND status = 'failed' AND error LIKE '%protected by a password%'"));
        Assert.Contains("Otter quay | 17 crowns", found.Output, StringComparison.Ordinal);
    }
}
