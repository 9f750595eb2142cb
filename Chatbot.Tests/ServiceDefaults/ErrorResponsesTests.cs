using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed class ErrorResponsesTests
{
    private const string Secret = "the-secret-in-the-exception";

    private static void Map(WebApplication app)
    {
        app.MapGet("/ok", () => "fine");
        app.MapGet("/api/broken", string () => throw new InvalidOperationException(Secret));
        app.MapGet("/api/refused", () => TypedResults.Problem("Not today.", statusCode: 409));
        app.MapPost("/api/things", (Thing thing) => thing.Name);
    }

    [Theory]
    [InlineData("/ok", 200)]
    [InlineData("/health", 200)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/refused", 409)]
    [InlineData("/api/broken", 500)]
    public async Task Every_response_carries_its_trace_id(string path, int status)
    {
        await using var app = await DefaultsApp.StartAsync(Map);

        var response = await app.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(response.Headers.GetValues("X-Trace-Id")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_trace_that_the_caller_began_goes_on()
    {
        await using var app = await DefaultsApp.StartAsync(Map);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ok");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(response.Headers.GetValues("X-Trace-Id")));
    }

    [Theory]
    [InlineData("/api/nothing", 404, "Not Found", null)]
    [InlineData("/nothing", 404, "Not Found", null)]
    [InlineData("/api/refused", 409, "Conflict", null)]
    [InlineData("/api/broken", 500, null, null)]
    [InlineData("/api/broken", 500, null, "text/html")]
    [InlineData("/api/broken", 500, null, "text/event-stream")]
    [InlineData("/api/nothing", 404, "Not Found", "text/html,*/*;q=0.8")]
    public async Task An_error_is_a_problem_with_the_trace_id(string path, int status, string? title, string? accept)
    {
        await using var app = await DefaultsApp.StartAsync(Map);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);

        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Trace-Id")), problem.GetProperty("traceId").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        if (title is not null)
            Assert.Equal(title, problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task The_text_of_an_exception_stays_inside(string environment)
    {
        await using var app = await DefaultsApp.StartAsync(Map, environment: environment);

        var response = await app.GetAsync("/api/broken");

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(InvalidOperationException), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_asks_for_a_missing_page_gets_no_json()
    {
        await using var app = await DefaultsApp.StartAsync(Map);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/missing-page");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Single(response.Headers.GetValues("X-Trace-Id"));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_malformed_body_is_the_clients_mistake(string environment)
    {
        await using var app = await DefaultsApp.StartAsync(Map, environment: environment);
        using var body = new StringContent("{ not json", null, "application/json");

        var response = await app.Client.PostAsync(new Uri("/api/things", UriKind.Relative), body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_as_too_large()
    {
        await using var app = await DefaultsApp.StartAsync(Map);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/things") { Headers = { ExpectContinue = true } };
        request.Content = new ByteArrayContent(new byte[11 * 1024 * 1024]) { Headers = { ContentType = new("application/json") } };

        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private sealed record Thing(string Name);
}
