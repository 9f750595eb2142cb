using System.Collections.Concurrent;
using Chatbot.Backends;
using Chatbot.Backends.Sites;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Tests.Crawler.Runs;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Crawler.Access;

/// <summary>Crawls of sites that let in only who has the key.</summary>
public sealed class SiteAccessTests : CrawlTests
{
    private readonly ConcurrentBag<(string Host, string Path, string Headers)> _asked = [];

    [Fact]
    public async Task Headers_cookies_and_password_go_to_the_site_and_to_nobody_else()
    {
        await using var other = await TestSite.StartAsync();
        Listen(Web, "site");
        Listen(other, "other");
        other.Page("/elsewhere", "Elsewhere", "<p>Another host.</p>");
        Web.Page("/", "Start", $"<p>A page for those who have the key. <a href=/away>away</a></p>").Html("/away", "");
        var before = Web.Before!;
        Web.Before = async context =>
        {
            await before(context);
            if (context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String("käthe:geheim"u8) || context.Request.Headers["X-Key"] != "k1" || context.Request.Headers.Cookie != "sid=c1")
                context.Response.StatusCode = 401;
            else if (context.Request.Path == "/away")
                context.Response.Redirect(other.Url("/elsewhere"));
            else
                return false;
            return true;
        };
        var site = await AddSiteAsync(
            new SiteScope { StartUrls = [Web.Url("/")], Include = [Web.Root + "*", other.Root + "*"] },
            new SiteAccess
            {
                Headers = new Dictionary<string, string> { ["X-Key"] = "k1" },
                Cookies = new Dictionary<string, string> { ["sid"] = "c1" },
                BasicAuth = new("käthe", "geheim"),
            });

        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(site));

        Assert.Equal("new", report["/"].State);
        Assert.Equal("new", report["/elsewhere"].State);
        Assert.All(_asked.Where(a => a.Host == "other"), a => Assert.DoesNotContain("k1", a.Headers, StringComparison.Ordinal));
        Assert.All(_asked.Where(a => a.Host == "other"), a => Assert.DoesNotMatch("Authorization|Cookie", a.Headers));
    }

    [Fact]
    public async Task The_browser_gets_in_as_the_crawler_does_and_tells_other_hosts_nothing()
    {
        await using var other = await TestSite.StartAsync();
        Listen(other, "other");
        Web.Html("/", $"""
            <!doctype html><title>App</title><div id="root"></div>
            <script>fetch('{other.Url("/spy")}', {"{"} mode: 'no-cors' {"}"}).catch(() => 0).then(() => fetch('/data')).then(r => r.text()).then(t => root.innerHTML = '<p>' + t + '</p>')</script>
            """);
        Web.Before = async context =>
        {
            if (context.Request.Headers["X-Key"] != "k1")
                context.Response.StatusCode = 401;
            else if (context.Request.Path == "/data")
                await context.Response.WriteAsync("Only those who have the key can read this sentence, and it is long enough to count.", Token);
            else
                return false;
            return true;
        };
        var site = await AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")] }, new SiteAccess { Headers = new Dictionary<string, string> { ["X-Key"] = "k1" } });

        var line = (await Crawler.ReportAsync(await Crawler.CrawlAsync(site)))["/"];

        Assert.True(line.Rendered, line.Detail);
        Assert.Contains(_asked, a => a.Path == "/spy");
        Assert.DoesNotContain(_asked, a => a.Headers.Contains("k1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_is_filled_in_with_its_hidden_fields_and_again_when_the_session_ends()
    {
        var (signIns, uses) = (0, 0);
        Web.Before = async context =>
        {
            var signedIn = context.Request.Cookies["session"] == $"s{signIns}";
            switch (context.Request.Path.Value)
            {
                case "/login" when context.Request.Method == "POST":
                    var form = await context.Request.ReadFormAsync(Token);
                    if (form["user"] == "anna" && form["pass"] == "p&w=1" && form["token"] == "t1" && form["go"] == "in" && context.Request.Cookies["pre"] == "1")
                    {
                        context.Response.Cookies.Append("session", $"s{++signIns}");
                        uses = 0;
                    }

                    context.Response.Redirect("/");
                    return true;
                case "/login":
                    context.Response.Cookies.Append("pre", "1");
                    context.Response.ContentType = "text/html";
                    await context.Response.WriteAsync(
                        "<form action='/search'><input name=q></form><form method=post><input type=hidden name=token value=t1><input name=user><input type=password id=secret name=pass><button name=go value=in>Sign in</button></form>", Token);
                    return true;
                case "/robots.txt":
                    return false;
                default:
                    // Each session is good for three pages, the one after the form included.
                    if (signedIn && ++uses <= 3) return false;
                    context.Response.Redirect("/login?next=/");
                    return true;
            }
        };
        Put("/", "home", "/a", "/b", "/c", "/d");
        foreach (var page in (string[])["a", "b", "c", "d"])
            Put("/" + page, page);
        await Crawler.DisposeAsync();
        Crawler = await CrawlHost.StartAsync(Data.Path, ("Crawler:RunConcurrency", "1"));
        var access = new SiteAccess { SignIn = new(Web.Url("/login"), new Dictionary<string, string> { ["user"] = "anna", ["#secret"] = "p&w=1" }) };
        var report = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")] }, access)));

        Assert.Equal(["/", "/a", "/b", "/c", "/d"], report.Where(l => l.Value.State == "new").Select(l => l.Key).Order(StringComparer.Ordinal));
        Assert.Equal(3, signIns);
        Assert.DoesNotContain(report.Values, l => l.Detail?.Contains("p&w", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_form_that_refuses_fails_the_run_and_says_so_without_the_password()
    {
        Web.Html("/", "<form method=post action=/><input name=user><input type=password name=pass></form>");
        var access = new SiteAccess { SignIn = new(Web.Url("/"), new Dictionary<string, string> { ["user"] = "anna", ["pass"] = "topsecret" }) };

        var run = await Crawler.CrawlAsync(await AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")] }, access));

        var line = (await Crawler.ReportAsync(run))["/"];
        Assert.Equal(("failed", "sign-in"), (line.State, line.Reason));
        Assert.Contains("shows the form again", line.Detail, StringComparison.Ordinal);
        Assert.Equal(CrawlRunState.Failed, run.State);
        Assert.DoesNotContain("topsecret", run.Message + line.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_sites_own_is_trusted_for_it_alone()
    {
        await using var secure = await TestSite.StartAsync(_ => { }, secure: true);
        secure.Page("/", "Secure", "<p>Vouched for by the site's owner, and by nobody else at all.</p>");
        var url = secure.Root.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/";
        var pem = await CertificateAsync(new Uri(url));

        var without = await Crawler.ReportAsync(await Crawler.CrawlAsync(await Crawler.AddSiteAsync(url)));
        string? protocol = null;
        secure.Before = context =>
        {
            protocol = context.Request.Protocol;
            return Task.FromResult(false);
        };
        var with = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(new SiteScope { StartUrls = [url] }, new SiteAccess { CaCertificates = pem })));

        Assert.Equal("tls", without["/"].Reason);
        Assert.Equal(("new", "HTTP/2"), (with["/"].State, protocol));
    }

    [Fact]
    public async Task A_proxy_of_the_site_is_used_with_its_password_and_no_private_address_is_asked_of_it()
    {
        await using var proxy = await TestSite.StartAsync(_ => { });
        Listen(proxy, "proxy");
        var before = proxy.Before!;
        proxy.Before = async context =>
        {
            await before(context);
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(context.Request.Path == "/robots.txt" ? "" : "<title>Far</title><main><h1>Far</h1><p>Fetched by the proxy, which alone can reach it, for all we know.</p></main>", Token);
            return true;
        };
        var access = new SiteAccess { Proxy = proxy.Root.Replace("http://", "http://us%3Aer:pw@", StringComparison.Ordinal) };

        var far = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(new SiteScope { StartUrls = ["http://far.invalid/"] }, access, allowPrivate: false)));
        var near = await Crawler.ReportAsync(await Crawler.CrawlAsync(await AddSiteAsync(new SiteScope { StartUrls = ["http://localhost:9/"] }, access, allowPrivate: false)));

        Assert.Equal("new", far["/"].State);
        Assert.Equal("private-address", near["/"].Reason);
        Assert.DoesNotContain(_asked, a => a.Headers.Contains("localhost:9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_stored_is_sealed_and_lost_without_its_key()
    {
        var site = await AddSiteAsync(new SiteScope { StartUrls = [Web.Url("/")] }, new SiteAccess { BasicAuth = new("anna", "topsecret") });
        await Crawler.DisposeAsync();

        var key = new FileInfo(Path.Combine(Data.Path, "keys", "secrets.key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode);
        foreach (var file in Directory.EnumerateFiles(Data.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("topsecret"u8));

        key.Delete();
        Crawler = await CrawlHost.StartAsync(Data.Path);
        await Assert.ThrowsAsync<StorageException>(() => Crawler.Services.GetRequiredService<SiteAccessStore>().FindAsync(site.Id, Token));
    }

    private async Task<Site> AddSiteAsync(SiteScope scope, SiteAccess access, bool allowPrivate = true)
    {
        var site = await Crawler.AddSiteAsync(scope, allowPrivate);
        await Crawler.Services.GetRequiredService<SiteAccessStore>().SaveAsync(site.Id, access, Token);
        return site;
    }

    private void Listen(TestSite site, string host) => site.Before = context =>
    {
        _asked.Add((host, context.Request.Path, string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"))));
        return Task.FromResult(false);
    };

    private static async Task<string> CertificateAsync(Uri url)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Token);
        await using var tls = new System.Net.Security.SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(url.Host);
        return new System.Security.Cryptography.X509Certificates.X509Certificate2(tls.RemoteCertificate!).ExportCertificatePem();
    }
}
