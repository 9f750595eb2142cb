using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Examples;

[Collection(PagesCollection.Name)]
public sealed class ExamplePageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task An_intent_and_its_example_are_written_tried_and_deleted()
    {
        await server.PostAsync("api/knowledge-bases", new { name = "intents", title = "Intents" }, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/examples?kb=intents&q=Thank you!");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Taken for: thanks");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add intent" }).ClickAsync();
        await visit.Page.FillAsync("#Name", "weather");
        await visit.Page.FillAsync("#AnswerAll", "Look outside.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.Page.FillAsync("#Text", "Will it rain today?");
        await visit.Page.SelectOptionAsync("#Intent", "weather");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add example" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Will it rain today?" }).ClickAsync();
        await visit.Page.FillAsync("#Link", "https://www.example.org/weather");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "https://www.example.org/weather" })).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/?kb=intents&q=will it rain today");
        await Expect(visit.Page.Locator(".turn").Last).ToContainTextAsync("Look outside.");
        await visit.Page.GotoAsync("/admin/examples?kb=intents");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).Last.ClickAsync();
        await Expect(visit.Page.GetByText("Will it rain today?")).ToHaveCountAsync(0);
    }
}
