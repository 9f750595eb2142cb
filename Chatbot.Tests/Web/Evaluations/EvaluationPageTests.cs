using System.Text;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Evaluations;

[Collection(PagesCollection.Name)]
public sealed class EvaluationPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task Questions_are_imported_asked_and_shown_with_their_figures()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/golden");
        await visit.Page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "questions.jsonl", MimeType = "application/jsonl",
            Buffer = Encoding.UTF8.GetBytes("{\"id\":\"w-1\",\"question\":\"When is the citizens' office open late?\",\"expected_pages\":[\"en/citizens-office.html\"],\"kind\":\"fact\"}\n{\"id\":\"w-2\",\"question\":\"What of the lost page?\",\"expected_pages\":[\"en/lost.html\"],\"kind\":\"fact\"}\n"),
        });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("New");

        await visit.Page.GotoAsync("/admin/evaluations");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the questions now" }).ClickAsync();
        while (!await visit.Page.Locator(".card-head .badge.completed").IsVisibleAsync()) await visit.Page.ReloadAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Missed" }).ClickAsync();
        await Expect(visit.Page.Locator("tr", new() { HasText = "What of the lost page?" })).ToContainTextAsync("not crawled");
        await visit.Page.GotoAsync("/admin/evaluations");

        await Expect(visit.Page.Locator(".trend svg")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }
}
