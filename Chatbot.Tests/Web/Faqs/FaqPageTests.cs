using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Faqs;

[Collection(PagesCollection.Name)]
public sealed class FaqPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_question_is_written_found_cited_read_changed_and_deleted()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/faqs");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add question" }).ClickAsync();
        await visit.Page.FillAsync("#Question", "How high is the lighthouse?");
        await visit.Page.FillAsync("#Answer", "The lighthouse is 41 metres high.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var row = visit.Page.Locator("tr", new() { HasText = "How high is the lighthouse?" });
        await Expect(row).ToBeVisibleAsync();
        while (!await row.Locator(".badge.indexed").IsVisibleAsync()) await visit.Page.ReloadAsync();

        await visit.Page.GotoAsync("/?q=How high is the lighthouse?");
        var source = visit.Page.Locator(".source a", new() { HasText = "How high is the lighthouse?" }).First;
        await Expect(source).ToHaveAttributeAsync("href", new Regex("^/faqs/[0-9a-f-]{36}#"));
        await visit.Page.GotoAsync((await source.GetAttributeAsync("href"))!.Split('#')[0]);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "How high is the lighthouse?" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("41 metres")).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/admin/faqs?text=lighthouse");
        await row.Locator("a").First.ClickAsync();
        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await visit.Page.GotoAsync("/admin/faqs?text=lighthouse");
        await Expect(visit.Page.GetByText("No question matches.")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_file_is_imported_and_what_is_wrong_in_it_is_told()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/faqs/import");
        await visit.Page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "questions.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("question,answer\nHow deep is the moat?,Four metres.\nHow wide is the moat?,\n"),
        });

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("How wide is the moat?");
        await visit.Page.GotoAsync("/admin/faqs?text=moat");
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
    }
}
