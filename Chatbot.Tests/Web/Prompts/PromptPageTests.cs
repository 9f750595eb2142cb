using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Prompts;

[Collection(PagesCollection.Name)]
public sealed class PromptPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_template_is_tried_while_it_is_written_saved_compared_and_deleted()
    {
        await server.PostAsync("api/knowledge-bases", new { name = "prompts", title = "Prompts" }, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/prompts?kb=prompts");
        await visit.Page.Locator("tr", new() { HasText = "fr" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator("#Text")).ToContainTextAsync("{chat_history}");
        await visit.Page.FillAsync("#Question", "Combien coûte un passeport ?");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(visit.Page.Locator("#result")).ToContainTextAsync("Combien coûte un passeport ?");

        await visit.Page.FillAsync("#Text", "Bonjour.\n---\n{context} {question} {wrong}");
        await Expect(visit.Page.Locator("#result [role=alert]")).ToContainTextAsync("{wrong}");
        await visit.Page.FillAsync("#Text", "Bonjour.\n---\n{context} {question}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(visit.Page.Locator(".diff .added").First).ToContainTextAsync("Bonjour.");

        await visit.Page.GoBackAsync();
        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(4);
        Assert.Empty(visit.Complaints);
    }
}
