using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Sites;

[Collection(PagesCollection.Name)]
public sealed class AdminPagesTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task Whoever_is_not_signed_in_is_asked_to_and_comes_back_to_the_page()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.Page.GotoAsync("/admin/documents?status=indexed");
        await visit.Page.FillAsync("input[autocomplete=username]", WholeServer.AdminName);
        await visit.Page.FillAsync("input[type=password]", "wrong");
        await visit.Page.ClickAsync("main button");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");

        await visit.Page.FillAsync("input[type=password]", WholeServer.AdminPassword);
        await visit.Page.ClickAsync("main button");

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/documents\\?status=indexed$"));
        await Expect(visit.Page.Locator("tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_program_that_is_not_signed_in_is_told_so()
    {
        using var client = new HttpClient { BaseAddress = server.Address };

        using var reply = await client.GetAsync(new Uri("/admin/sites", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_rules_of_a_site_are_tried_without_a_crawl()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        var sites = await server.Admin.GetFromJsonAsync<System.Text.Json.JsonElement>("api/sites", TestContext.Current.CancellationToken);
        await visit.Page.GotoAsync($"/admin/sites/{sites.GetProperty("items")[0].GetProperty("id").GetString()}/preview");

        await visit.Page.FillAsync("input[name=url]", new Uri(server.SampleTown, "/photo.jpg").AbsoluteUri);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Is it in?" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(".jpg files are not read");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look at a part of the site" }).ClickAsync();

        await Expect(visit.Page.Locator("tbody")).ToContainTextAsync("lake-pool.html");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Signing_out_closes_the_door()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.GotoAsync("/admin/sites");

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/login"));
    }

    [Fact]
    public async Task A_site_is_added_and_its_crawl_is_followed_to_the_end()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/sites/new");
        await visit.Page.FillAsync("#StartUrls", new Uri(server.SampleTown, "/en/index.html").AbsoluteUri);
        await visit.Page.FillAsync("#Name", "Only English");
        await visit.Page.FillAsync("#Include", "*/en/*");
        await visit.Page.CheckAsync("input[type=checkbox]");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start crawl" }).ClickAsync();

        await Expect(visit.Page.Locator("[data-state]")).ToHaveTextAsync("completed", new() { Timeout = 60_000 });
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start crawl" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-value=fetched]")).Not.ToHaveTextAsync("0");
        var report = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report CSV" }).ClickAsync());
        Assert.Contains("/en/lake-pool.html", await File.ReadAllTextAsync(await report.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Wrong_fields_are_marked_and_keep_what_was_typed()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/sites/new");
        await visit.Page.FillAsync("#StartUrls", "ftp://example.org/");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(visit.Page.Locator(".field.invalid #StartUrls")).ToHaveValueAsync("ftp://example.org/");
        await Expect(visit.Page.Locator(".field-error")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_site_is_edited_and_deleted()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        var site = await server.PostAsync("api/sites", new { name = "Short-lived", startUrls = new[] { "https://www.example.org/" } }, TestContext.Current.CancellationToken);
        await visit.SignInAsync();
        await visit.Page.GotoAsync($"/admin/sites/{site.GetProperty("id").GetString()}/edit");
        await visit.Page.FillAsync("#Name", "Renamed");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Renamed");

        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/sites$"));
        await Expect(visit.Page.GetByText("Renamed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var response = await server.Admin.PostAsync(new Uri("/admin/logout", UriKind.Relative), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Every_page_opens_without_complaints_and_fits_the_screen(int width)
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.ViewportSize = new() { Width = width, Height = 844 });
        await visit.Page.GotoAsync("/?q=When is the citizens office open?");
        await visit.SignInAsync();
        foreach (var path in new[] { "/admin", "/admin/sites", "/admin/sites/new", "/admin/documents", "/admin/documents/upload", "/admin/search?q=When does the pool open?", "/admin/conversations" })
            await CheckAsync(path);

        foreach (var list in new[] { "/admin/sites", "/admin/documents", "/admin/conversations" })
        {
            await visit.Page.GotoAsync(list);
            await CheckAsync((await visit.Page.Locator("main h2 a, main td a").First.GetAttributeAsync("href"))!);
        }

        async Task CheckAsync(string path)
        {
            var response = await visit.Page.GotoAsync(path);
            Assert.True(response!.Ok, $"{path}: {response.Status}");
            Assert.True(await visit.OverflowAsync() == 0, $"{path} is too wide for {width} pixels.");
            Assert.Empty(visit.Complaints);
        }
    }
}
