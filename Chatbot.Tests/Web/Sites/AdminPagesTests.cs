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

        await visit.Page.FillAsync("input[name='Form.Url']", new Uri(server.SampleTown, "/photo.jpg").AbsoluteUri);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Is it in?" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(".jpg files are not read");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look at a part of the site" }).ClickAsync();

        await Expect(visit.Page.Locator("tbody")).ToContainTextAsync("lake-pool.html");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Other_rules_are_tried_while_they_are_written_and_saved_when_they_are_right()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        var site = await server.PostAsync("api/sites", new { startUrls = new[] { new Uri(server.SampleTown, "/en/index.html").AbsoluteUri }, include = new[] { "*/en/*" }, allowPrivateAddresses = true, schedule = new { intervalMinutes = 60 } }, TestContext.Current.CancellationToken);
        var id = site.GetProperty("id").GetString();
        await visit.SignInAsync();
        await visit.Page.GotoAsync($"/admin/sites/{id}/preview");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look at a part of the site" }).ClickAsync();
        var pool = visit.Page.Locator("tbody tr", new() { HasText = "/en/lake-pool.html" });
        await Expect(pool.Locator(".badge")).ToHaveTextAsync("in");

        await visit.Page.FillAsync("#Exclude", "*/lake-pool*");

        await Expect(pool).ToContainTextAsync("excluded by a rule");
        await Expect(pool.Locator(".badge")).ToHaveTextAsync("out");
        var start = visit.Page.Locator("tbody tr", new() { HasText = "/en/index.html" }).First;
        await visit.Page.GetByLabel("Web pages").UncheckAsync();
        await Expect(start).ToContainTextAsync("file type is not read");
        await visit.Page.GetByLabel("Web pages").CheckAsync();
        await Expect(start.Locator(".badge")).ToHaveTextAsync("in");
        var before = await server.Admin.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/sites/{id}", TestContext.Current.CancellationToken);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save the rules" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex($"/admin/sites/{id}$"));
        var after = await server.Admin.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/sites/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(0, before.GetProperty("exclude").GetArrayLength());
        Assert.Equal("*/lake-pool*", after.GetProperty("exclude")[0].GetString());
        Assert.Equal(60, after.GetProperty("schedule").GetProperty("intervalMinutes").GetInt32());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_opens_a_site_is_entered_tested_and_never_shown_again()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await using var locked = await TestSite.StartAsync();
        locked.Page("/", "Behind the door", "<p>For those who have the password.</p>");
        locked.Before = context =>
        {
            if (context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String("anna:topsecret"u8)) context.Response.StatusCode = 401;
            return Task.FromResult(context.Response.StatusCode == 401);
        };
        var site = await server.PostAsync("api/sites", new { startUrls = new[] { locked.Url("/") }, allowPrivateAddresses = true }, TestContext.Current.CancellationToken);
        await visit.SignInAsync();
        await visit.Page.GotoAsync($"/admin/sites/{site.GetProperty("id").GetString()}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Access" }).First.ClickAsync();
        await visit.Page.FillAsync("#BasicUser", "anna");
        await visit.Page.FillAsync("#BasicPassword", "wrong");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save and test" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("401 Unauthorized");

        await visit.Page.FillAsync("#BasicPassword", "topsecret");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save and test" }).ClickAsync();
        await Expect(visit.Page.Locator("#test")).ToContainTextAsync("Behind the door");
        // Saved again with the password left empty, it is kept.
        await visit.Page.FillAsync("input[name='Form.Headers[0].Name']", "X-Extra");
        await visit.Page.FillAsync("input[name='Form.Headers[0].Value']", "hush");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save and test" }).ClickAsync();

        await Expect(visit.Page.Locator("#test .badge").First).ToHaveTextAsync("gets in");
        await Expect(visit.Page.Locator("input[name='Form.Headers[0].Name']")).ToHaveValueAsync("X-Extra");
        var markup = await visit.Page.ContentAsync();
        Assert.DoesNotContain("topsecret", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", markup, StringComparison.Ordinal);
        await visit.Page.Locator("summary", new() { HasText = "Forget all" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Forget for good" }).ClickAsync();
        await Expect(visit.Page.Locator("#BasicUser")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_wrong_access_is_marked()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        var site = await server.PostAsync("api/sites", new { startUrls = new[] { "https://www.example.org/" } }, TestContext.Current.CancellationToken);
        await visit.SignInAsync();
        await visit.Page.GotoAsync($"/admin/sites/{site.GetProperty("id").GetString()}/access");
        await visit.Page.FillAsync("#Proxy", "ftp://proxy");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(visit.Page.Locator(".field.invalid #Proxy")).ToHaveValueAsync("ftp://proxy");
        Assert.Equal(0, await visit.OverflowAsync());
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
        await visit.Page.CheckAsync("input[name='Form.AllowPrivateAddresses']");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start crawl" }).ClickAsync();

        await Expect(visit.Page.Locator("[data-state]")).ToHaveTextAsync("completed");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start crawl" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-value=fetched]")).Not.ToHaveTextAsync("0");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "no rule takes it" }).ClickAsync();
        await Expect(visit.Page.Locator(".verdicts .badge").First).ToHaveTextAsync("skipped");
        await Expect(visit.Page.Locator(".verdicts td:nth-child(2)", new() { HasText = "/en/" })).ToHaveCountAsync(0);
        await visit.Page.FillAsync("input[name=text]", "lake-pool");
        await visit.Page.SelectOptionAsync("select[name=state]", "new");
        await visit.Page.SelectOptionAsync("select[name=reason]", "");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(visit.Page.Locator(".verdicts tr")).ToHaveCountAsync(1);
        var report = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await report.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("/en/lake-pool.html,new", Assert.Single(lines[1..]), StringComparison.Ordinal);
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
        await visit.Page.FillAsync("#Hosts", "docs.example.org");
        await visit.Page.GetByLabel("Office files and tables").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Renamed");
        await Expect(visit.Page.Locator(".settings")).ToContainTextAsync("docs.example.org");
        await Expect(visit.Page.Locator(".settings")).ToContainTextAsync("Web pages, PDF, Text and Markdown");

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
        foreach (var path in new[] { "/admin", "/admin/sites", "/admin/sites/new", "/admin/documents", "/admin/documents/upload", "/admin/search?q=When does the pool open?&expect=https://nowhere.example/", "/admin/conversations", "/admin/conversations?outcome=answered&text=open", "/admin/knowledge-bases", "/admin/knowledge-bases/default" })
            await CheckAsync(path);

        foreach (var list in new[] { "/admin/sites", "/admin/documents", "/admin/conversations" })
        {
            await visit.Page.GotoAsync(list);
            var one = (await visit.Page.Locator("main h2 a, main td a").First.GetAttributeAsync("href"))!;
            await CheckAsync(one);
            if (list != "/admin/sites") continue;
            foreach (var part in new[] { "/edit", "/access", "/access?test=1", "/preview", "/broken-links" })
                await CheckAsync(one + part);
            await visit.Page.GotoAsync(one);
            await CheckAsync((await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report" }).GetAttributeAsync("href"))!);
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
