using System.Net;
using System.Net.Http.Json;
using Chatbot.Backends.Users;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Users;

public sealed class AccessTests
{
    private static readonly string[] Public =
    [
        "POST /api/chat", "GET /api/chat/config", "POST /api/feedback", "POST /api/handovers", "POST /api/session", "GET /api/session", "DELETE /api/session",
        // Whoever knows the id of a stream is who asked.
        "GET /api/chat/streams/x", "DELETE /api/chat/streams/x", "GET /api/chat/ws",
        // Entries that are indexed: answers cite them.
        "GET /api/faqs/x/published",
        "GET /api/chat/conversations/x", "DELETE /api/chat/conversations/x", "DELETE /api/chat/conversations", "GET /api/suggestions",
        // What a visitor may open of these is tested with uploads.
        "GET /api/files/x/{**name}",
    ];

    [Fact]
    public async Task Every_endpoint_that_is_not_public_wants_a_session()
    {
        await using var app = await ApiApp.StartAsync();

        var guarded = Endpoints(app).Where(endpoint => !Public.Contains(endpoint)).ToList();

        Assert.True(guarded.Count > 20);
        foreach (var endpoint in guarded)
        {
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Split(' ')[0]), endpoint.Split(' ')[1]);
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{endpoint} answered {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_user_who_is_no_administrator_is_kept_out()
    {
        await using var app = await ApiApp.StartAsync();
        await app.Services.GetRequiredService<UserStore>().CreateAsync("reader", "a password", isAdmin: false, TestContext.Current.CancellationToken);

        var (status, session) = await app.SendAsync(HttpMethod.Post, "/api/session", new { name = "Reader", password = "a password" });
        var (stats, _) = await app.SendAsync(HttpMethod.Get, "/api/stats");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(session.GetProperty("isAdmin").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, stats);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_too_many_are_stopped()
    {
        await using var app = await ApiApp.StartAsync(new() { ["RateLimits:SignInsPerMinute"] = "3" });
        await app.Services.GetRequiredService<UserStore>().CreateAsync("admin", "right", isAdmin: true, TestContext.Current.CancellationToken);

        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 4; attempt++)
            answers.Add((await app.SendAsync(HttpMethod.Post, "/api/session", new { name = "admin", password = "wrong" })).Status);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_ends_at_sign_out()
    {
        await using var app = await ApiApp.StartAsync();
        await app.Services.GetRequiredService<UserStore>().CreateAsync("admin", "right", isAdmin: true, TestContext.Current.CancellationToken);

        using var signedIn = await app.Client.PostAsJsonAsync("/api/session", new { name = "admin", password = "right" }, TestContext.Current.CancellationToken);
        var who = await app.GetAsync("/api/session");
        using var signOut = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        signOut.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var signedOut = await app.Client.SendAsync(signOut, TestContext.Current.CancellationToken);

        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("admin", who.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SendAsync(HttpMethod.Get, "/api/session")).Status);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("disabled")]
    [InlineData("no administrator any more")]
    [InlineData("another password")]
    public async Task A_session_ends_at_once_with_what_its_user_may_do(string change)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var users = app.Services.GetRequiredService<UserStore>();
        var token = TestContext.Current.CancellationToken;
        var user = (await users.VerifyAsync("admin", "correct horse", token))!;
        var before = (await app.SendAsync(HttpMethod.Get, "/api/stats")).Status;

        await (change switch
        {
            "deleted" => users.DeleteAsync(user.Id, token),
            "disabled" => users.SetRightsAsync(user.Id, isAdmin: true, isDisabled: true, token),
            "another password" => users.SetPasswordAsync(user.Id, "battery staple", token),
            _ => users.SetRightsAsync(user.Id, isAdmin: false, isDisabled: false, token),
        });
        using var after = await app.Client.GetAsync(new Uri("/api/stats", UriKind.Relative), token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before, after.StatusCode));
        // The browser forgets the cookie.
        Assert.StartsWith("chatbot-session=;", Assert.Single(after.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SendAsync(HttpMethod.Get, "/api/session")).Status);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Created)]
    [InlineData("X-Requested-With", "fetch", HttpStatusCode.Created)]
    public async Task A_change_with_the_session_must_come_from_a_page_of_this_server(string? header, string? value, HttpStatusCode expected)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        app.Client.DefaultRequestHeaders.Remove("X-Requested-With");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sites") { Content = JsonContent.Create(new { startUrls = new[] { "https://town.example/" } }) };
        if (header is not null) request.Headers.Add(header, value);
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_ask_only_when_the_knowledge_base_lists_them()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { allowedOrigins = new[] { "https://www.town.example" } } });

        using var listed = await AskFromAsync(app, "https://www.town.example");
        using var hostile = await AskFromAsync(app, "https://evil.example");
        using var own = await AskFromAsync(app, app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal("https://www.town.example", Assert.Single(listed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(listed.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(HttpStatusCode.Forbidden, hostile.StatusCode);
        Assert.False(hostile.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("origin-refused", (await ApiApp.JsonAsync(hostile)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task The_description_and_its_page_are_open()
    {
        await using var app = await ApiApp.StartAsync();

        var description = await app.GetAsync("/openapi/v1.json");
        using var page = await app.Client.GetAsync(new Uri("/docs/index.html", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(description.GetProperty("paths").TryGetProperty("/api/chat", out _));
        Assert.True(description.GetProperty("paths").TryGetProperty("/api/sites/{id}/crawl", out _));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskFromAsync(ApiApp app, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { question = "Anything new?", stream = false }) };
        request.Headers.Add("Origin", origin);
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Endpoints(ApiApp app) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path.StartsWith("/api", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select $"{method} {path.Replace("{id}", "x", StringComparison.Ordinal)}";
}
