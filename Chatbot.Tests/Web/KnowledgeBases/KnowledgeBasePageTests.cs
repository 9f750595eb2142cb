using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.KnowledgeBases;

[Collection(PagesCollection.Name)]
public sealed class KnowledgeBasePageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_knowledge_base_is_added_set_up_and_deleted()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/knowledge-bases");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add knowledge base" }).ClickAsync();
        await visit.Page.FillAsync("#Name", "museum");
        await visit.Page.FillAsync("#Title", "Museum");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/knowledge-bases/museum"));

        await visit.Page.FillAsync("#Languages", "de, fr");
        await visit.Page.FillAsync("#RefuseBelow", "many");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator(".field.invalid")).ToContainTextAsync("Please enter a number.");
        await visit.Page.FillAsync("#RefuseBelow", "0,2");
        await visit.Page.FillAsync("#PassagesPerPage", "2");
        await visit.Page.FillAsync("#AllowedOrigins", "https://museum.example");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved.");
        var settings = (await server.Admin.GetFromJsonAsync<JsonElement>("api/knowledge-bases/museum", TestContext.Current.CancellationToken)).GetProperty("settings");
        Assert.Equal(("[\"de\",\"fr\"]", 0.2, "[\"https://museum.example\"]"), (settings.GetProperty("languages").GetRawText(), settings.GetProperty("refuseBelow").GetDouble(), settings.GetProperty("allowedOrigins").GetRawText()));
        Assert.Equal(2, settings.GetProperty("retrieval").GetProperty("passagesPerPage").GetInt32());
        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/knowledge-bases$"));
        await Expect(visit.Page.GetByText("Museum")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }
}
