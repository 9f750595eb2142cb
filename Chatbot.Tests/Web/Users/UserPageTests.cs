using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Users;

[Collection(PagesCollection.Name)]
public sealed class UserPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_user_is_added_disabled_and_deleted_without_scripts()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/users");
        await visit.Page.FillAsync("#Name", "ada");
        await visit.Page.FillAsync("#Password", "a long enough one");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        var card = visit.Page.Locator("section.card").Filter(new() { HasText = "ada" });

        await card.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(card.Locator(".badge")).ToHaveTextAsync("Disabled");
        await card.GetByText("Delete", new() { Exact = true }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();

        await Expect(card).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("section.card")).ToContainTextAsync("This is you");
    }
}
