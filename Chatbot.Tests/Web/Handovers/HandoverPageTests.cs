using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Handovers;

[Collection(PagesCollection.Name)]
public sealed class HandoverPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_visitor_who_wants_a_person_agrees_and_editors_see_it()
    {
        await server.PostAsync("api/knowledge-bases", new { name = "people", title = "People", settings = new { contact = "+49 30 5678" } }, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/handovers/targets?kb=people");
        // Nothing listens there: what is not taken is shown with its reason.
        await visit.Page.FillAsync("#WebhookUrl", "http://127.0.0.1:9/hook");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/?kb=people");
        await visit.AskAsync("I want to talk to a person");
        var card = visit.Page.Locator(".contact-card");
        await Expect(visit.Page.Locator(".answer-text")).ToContainTextAsync("+49 30 5678");
        var form = (await card.GetByRole(AriaRole.Link).GetAttributeAsync("href"))!;
        await visit.Page.GotoAsync(form);
        await visit.Page.FillAsync("#Reach", "ann@town.example");
        await visit.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you");

        await visit.Page.GotoAsync("/admin/handovers");
        await Expect(visit.Page.Locator(".card", new() { HasText = "ann@town.example" })).ToBeVisibleAsync();
        Assert.True(await visit.OverflowAsync() <= 0);
        Assert.Empty(visit.Complaints);
    }
}
