using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Tests.Crawler.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Access;

/// <summary>Whether one gets in is told before a crawl.</summary>
public sealed class AccessTestTests : CrawlTests
{
    [Fact]
    public async Task What_came_back_is_told_step_by_step()
    {
        Put("/home", "the town");
        Web.Before = context =>
        {
            if (context.Request.Path == "/")
                context.Response.Redirect("/home");
            return Task.FromResult(context.Request.Path == "/");
        };

        var test = await TestAsync(new SiteAccess());

        Assert.True(test.IsOpen, test.Detail);
        Assert.Equal([("redirect", 302, Web.Url("/home")), ("page", 200, null)], test.Steps.Select(s => (s.Name, s.Status!.Value, s.RedirectsTo)));
        Assert.NotNull(test.Steps[1].Title);
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("wrong", false)]
    public async Task A_password_that_is_not_taken_is_told(string password, bool isOpen)
    {
        Put("/", "the town");
        Web.Before = context =>
        {
            if (context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String("anna:right"u8))
                context.Response.StatusCode = 401;
            return Task.FromResult(context.Response.StatusCode == 401 && context.Request.Path == "/");
        };

        var test = await TestAsync(new SiteAccess { BasicAuth = new("anna", password) });

        Assert.Equal(isOpen, test.IsOpen);
        if (!isOpen)
            Assert.Contains("user and a password", test.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_refuses_ends_the_test_without_telling_the_password()
    {
        Web.Html("/login", "<form method=post action=/login><input name=user><input type=password name=pass></form>");

        var test = await TestAsync(new SiteAccess { SignIn = new(Web.Url("/login"), new Dictionary<string, string> { ["user"] = "anna", ["pass"] = "topsecret" }) });

        var step = Assert.Single(test.Steps);
        Assert.Equal(("sign-in", PageReasons.SignIn, false), (step.Name, step.Reason, test.IsOpen));
        Assert.DoesNotContain("topsecret", test.ToString() + step, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_page_that_leads_elsewhere_or_that_robots_txt_forbids_is_told()
    {
        Web.Before = context =>
        {
            context.Response.Redirect("https://elsewhere.example/");
            return Task.FromResult(context.Request.Path == "/");
        };
        var elsewhere = await TestAsync(new SiteAccess());
        Web.Before = null;
        Web.Html("/robots.txt", "User-agent: *\nDisallow: /\n");
        var forbidden = await TestAsync(new SiteAccess());

        Assert.Equal((false, PageReasons.OffHost), (elsewhere.IsOpen, elsewhere.Steps[^1].Reason));
        Assert.Equal((false, PageReasons.Robots), (forbidden.IsOpen, forbidden.Steps[^1].Reason));
    }

    [Fact]
    public async Task What_is_stored_is_tested_when_nothing_else_is_given()
    {
        Put("/", "the town");
        Web.Before = context =>
        {
            context.Response.StatusCode = context.Request.Headers["X-Key"] == "k1" ? 200 : 403;
            return Task.FromResult(context.Response.StatusCode == 403);
        };
        var site = await Crawler.AddSiteAsync(Web.Url("/"));
        await Crawler.Services.GetRequiredService<SiteAccessStore>().SaveAsync(site.Id, new SiteAccess { Headers = new Dictionary<string, string> { ["X-Key"] = "k1" } }, Token);

        var test = await Crawler.Services.GetRequiredService<ISitePreview>().TestAccessAsync(site, null, Token);

        Assert.True(test.IsOpen, test.Detail);
    }

    private async Task<AccessTest> TestAsync(SiteAccess access) =>
        await Crawler.Services.GetRequiredService<ISitePreview>().TestAccessAsync(await Crawler.AddSiteAsync(Web.Url("/")), access, Token);
}
