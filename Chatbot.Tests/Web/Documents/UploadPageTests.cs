using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Documents;

[Collection(PagesCollection.Name)]
public sealed class UploadPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task Files_are_sent_followed_until_they_are_found_and_cited()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/documents");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Upload files" }).ClickAsync();
        await visit.Page.SetInputFilesAsync("#files", [Text("toboggan.txt", "The toboggan run on Eagle Hill is lit until ten in the evening."), Text("program.exe", "MZ"), Archive()]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Expect(visit.Page.Locator(".uploads .badge.indexed")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".uploads .badge.failed")).ToHaveCountAsync(2);
        await Expect(visit.Page.GetByText("Archives within archives are not unpacked.")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/?q=How long is the toboggan run lit?");
        var source = visit.Page.Locator(".source a", new() { HasText = "toboggan.txt" }).First;
        await Expect(source).ToHaveAttributeAsync("href", new Regex("^/api/files/[0-9a-f-]{36}/toboggan\\.txt#"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Without_scripts_the_form_sends_all_and_documents_are_replaced_and_deleted()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/documents/upload");
        await visit.Page.SetInputFilesAsync("#files", [Text("skating.txt", "The skating rink opens in November."), Text("empty.txt", "")]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(visit.Page.Locator(".uploads li")).ToHaveTextAsync([new Regex("skating.txt.*accepted", RegexOptions.Singleline), new Regex("empty.txt.*It is empty.*rejected", RegexOptions.Singleline)]);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "skating.txt" }).ClickAsync();
        await visit.Page.Locator("summary", new() { HasText = "Replace" }).ClickAsync();
        await visit.Page.SetInputFilesAsync("#file", Text("skating 2.txt", "The skating rink opens in December."));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).ClickAsync();
        await Expect(visit.Page.Locator(".uploads li")).ToHaveTextAsync([new Regex("skating.txt.*replaced", RegexOptions.Singleline)]);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "skating.txt" }).ClickAsync();
        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete document" }).ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/documents$"));
        await visit.Page.GotoAsync("/admin/documents?site=uploads&status=gone");
        await Expect(visit.Page.Locator("tbody")).ToContainTextAsync("skating.txt");
    }

    [Fact]
    public async Task Another_sites_page_cannot_upload_in_an_administrators_name()
    {
        using var visitor = new HttpClient { BaseAddress = server.Address };
        await visitor.PostAsJsonAsync(new Uri("api/session", UriKind.Relative), new { name = WholeServer.AdminName, password = WholeServer.AdminPassword }, TestContext.Current.CancellationToken);
        using var form = new MultipartFormDataContent { { new StringContent("x"), "files", "forged.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/documents/uploads") { Content = form, Headers = { { "Origin", "https://evil.example" } } };

        using var response = await visitor.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static FilePayload Text(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) };

    private static FilePayload Archive() => new()
    {
        Name = "winter.zip",
        MimeType = "application/zip",
        Buffer = Api.Documents.Zip.Of(("slope.txt", "The ski slope is closed on Mondays."), ("inner.zip", "x")),
    };
}
