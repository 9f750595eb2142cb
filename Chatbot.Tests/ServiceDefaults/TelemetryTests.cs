using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Chatbot.Core.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed partial class TelemetryTests
{
    private static readonly ActivitySource Source = new("Chatbot.Tests.Telemetry");

    [Fact]
    public async Task With_an_endpoint_traces_metrics_and_logs_arrive_at_the_collector()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await LoopbackServer.StartAsync(async (context, _) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            received.AddOrUpdate(
                $"{context.Request.Method} {context.Request.Path} {context.Request.ContentType}",
                _ => Encoding.Latin1.GetString(body.ToArray()),
                (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });

        var app = await DefaultsApp.StartAsync(
            web => web.MapGet("/exported/{id}", (int id, ILogger<TelemetryTests> logger) =>
            {
                using var step = Source.StartActivity("chatbot-step");
                LogLine(logger, id);
                return id;
            }),
            settings: new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "name-of-the-operator",
            });
        await app.TextAsync("/exported/7");
        await app.TextAsync("/health");
        await app.DisposeAsync();

        var traces = received["POST /v1/traces application/x-protobuf"];
        Assert.Contains("GET /exported/{id}", traces, StringComparison.Ordinal);
        Assert.Contains("chatbot-step", traces, StringComparison.Ordinal);
        Assert.Contains("http.response.status_code", traces, StringComparison.Ordinal);
        Assert.Contains("name-of-the-operator", traces, StringComparison.Ordinal);
        // Only servers have this tag (clients have the full URL); key and value are length-prefixed in protobuf.
        Assert.Contains("url.path\u0012\u000d\u000a\u000b/exported/7", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("url.path\u0012\u0009\u000a\u0007/health", traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["POST /v1/metrics application/x-protobuf"], StringComparison.Ordinal);
        var logs = received["POST /v1/logs application/x-protobuf"];
        Assert.Contains("exported-line 7", logs, StringComparison.Ordinal);
        Assert.Contains("name-of-the-operator", logs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http/protobuf")]
    public async Task A_trace_follows_a_page_over_a_queue(string? protocol)
    {
        var queue = Channel.CreateUnbounded<(string Page, string? Trace)>();
        await using var collector = await LoopbackServer.StartAsync((_, _) => Task.CompletedTask);
        var settings = protocol is null ? null : new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        };
        await using var app = await DefaultsApp.StartAsync(
            web => web.MapPost("/crawl", async (HttpContext context) =>
            {
                using var fetch = Source.StartActivity("fetch", ActivityKind.Producer);
                await queue.Writer.WriteAsync(("/page", TraceContext.Current()), context.RequestAborted);
            }),
            settings: settings);

        var response = await app.Client.PostAsync(new Uri("/crawl", UriKind.Relative), null, TestContext.Current.CancellationToken);
        var message = await queue.Reader.ReadAsync(TestContext.Current.CancellationToken);
        using var index = TraceContext.Start(Source, "index", ActivityKind.Consumer, message.Trace);

        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Trace-Id")), index?.TraceId.ToHexString());
    }

    [Fact]
    public async Task There_is_a_trace_id_even_when_logging_is_off()
    {
        await using var app = await DefaultsApp.StartAsync(
            web => web.MapGet("/id", () => Activity.Current?.TraceId.ToHexString()),
            settings: new() { ["Logging:LogLevel:Default"] = "None", ["Logging:LogLevel:Microsoft.AspNetCore"] = "None" });

        var response = await app.GetAsync("/id");

        Assert.Equal(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            Assert.Single(response.Headers.GetValues("X-Trace-Id")));
    }

    [LoggerMessage(LogLevel.Information, "exported-line {Id}")]
    private static partial void LogLine(ILogger logger, int id);
}
