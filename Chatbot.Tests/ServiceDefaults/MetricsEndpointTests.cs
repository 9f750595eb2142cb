using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task After_requests_the_servers_own_metrics_are_there()
    {
        await using var app = await DefaultsApp.StartAsync(web => web.MapGet("/things/{id}", (int id) => id));
        await app.TextAsync("/things/1");
        await app.TextAsync("/things/2");
        await app.TextAsync("/health");

        var response = await app.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var metrics = PrometheusText.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("histogram", metrics.Types["http_server_request_duration_seconds"]);
        Assert.Equal("gauge", metrics.Types["http_server_active_requests"]);
        Assert.Equal("counter", metrics.Types["dotnet_gc_collections_total"]);
        Assert.Equal(2, metrics.Value("http_server_request_duration_seconds_count", ("http_route", "/things/{id}")));
        Assert.DoesNotContain(metrics.Samples, sample =>
            sample.Name.StartsWith("http_server", StringComparison.Ordinal) && sample.Labels.GetValueOrDefault("http_route") == "/health");
        Assert.True(metrics.Value("dotnet_process_memory_working_set_bytes") > 1_000_000);
    }

    [Fact]
    public async Task Metrics_are_not_given_away_through_a_proxy_and_a_token_opens_them_from_anywhere()
    {
        const string Token = "a-token-of-a-scraper";
        await using var open = await DefaultsApp.StartAsync();
        await using var closed = await DefaultsApp.StartAsync(settings: new() { ["Metrics:Access"] = "nobody" });
        await using var guarded = await DefaultsApp.StartAsync(settings: new() { ["Metrics:Token"] = Token });

        Assert.Equal(HttpStatusCode.OK, await AskAsync(open));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(open, ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(closed));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(guarded));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(guarded, ("Authorization", "Bearer another-token-of-it")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, ("Authorization", $"Bearer {Token}"), ("X-Forwarded-For", "203.0.113.7")));
    }

    private static async Task<HttpStatusCode> AskAsync(DefaultsApp app, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [Fact]
    public async Task Each_kind_of_instrument_is_written_by_the_rules()
    {
        await using var app = await DefaultsApp.StartAsync();
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Chatbot.Kinds");
        meter.CreateCounter<long>("chatbot.pages", "{page}", "Pages\nfetched \\ read.").Add(3, new KeyValuePair<string, object?>("chatbot.site", "a\"b\\c\nd"));
        meter.CreateCounter<double>("chatbot.traffic", "By").Add(2.5);
        meter.CreateUpDownCounter<int>("chatbot.open").Add(-2);
        meter.CreateGauge<double>("chatbot.fill", "1").Record(0.25);
        meter.CreateObservableGauge("chatbot.depth", () => new[] { new Measurement<int>(7, new KeyValuePair<string, object?>("live", true)) });
        meter.CreateObservableCounter("chatbot.seen", () => 11L);
        var seconds = meter.CreateHistogram<double>("chatbot.step.duration", "s");
        seconds.Record(0.3);
        seconds.Record(1000);
        meter.CreateHistogram("chatbot.sizes", "By", "Sizes.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [10, 20] }).Record(20);

        await app.TextAsync("/metrics");
        var text = await app.TextAsync("/metrics");

        var metrics = PrometheusText.Parse(text);
        Assert.Contains("# HELP chatbot_pages_total Pages\\nfetched \\\\ read.\n", text, StringComparison.Ordinal);
        Assert.Equal(3, metrics.Value("chatbot_pages_total", ("chatbot_site", "a\"b\\c\nd")));
        Assert.Equal(2.5, metrics.Value("chatbot_traffic_bytes_total"));
        Assert.Equal(-2, metrics.Value("chatbot_open"));
        Assert.Equal(0.25, metrics.Value("chatbot_fill_ratio"));
        Assert.Equal(7, metrics.Value("chatbot_depth", ("live", "true")));
        Assert.Equal(11, metrics.Value("chatbot_seen_total"));
        Assert.Equal(0, metrics.Value("chatbot_step_duration_seconds_bucket", ("le", "0.25")));
        Assert.Equal(1, metrics.Value("chatbot_step_duration_seconds_bucket", ("le", "0.5")));
        Assert.Equal(1, metrics.Value("chatbot_step_duration_seconds_bucket", ("le", "60")));
        Assert.Equal(2, metrics.Value("chatbot_step_duration_seconds_bucket", ("le", "+Inf")));
        Assert.Equal(1000.3, metrics.Value("chatbot_step_duration_seconds_sum"));
        Assert.Equal(0, metrics.Value("chatbot_sizes_bytes_bucket", ("le", "10")));
        Assert.Equal(1, metrics.Value("chatbot_sizes_bytes_bucket", ("le", "20")));
    }

    [Fact]
    public async Task Tags_in_any_order_and_of_any_type_are_one_series()
    {
        await using var app = await DefaultsApp.StartAsync();
        var counter = app.Services.GetRequiredService<IMeterFactory>().Create("Chatbot.Order").CreateCounter<long>("chatbot.order");
        counter.Add(1, new("a", 1), new("b", "x"));
        counter.Add(1, new("b", "x"), new("a", 1));
        counter.Add(1, new("a", "1"), new("b", "x"));
        counter.Add(1, new("b", "x"), new("a", 1), new("absent", null));

        var metrics = PrometheusText.Parse(await app.TextAsync("/metrics"));

        Assert.Equal(4, metrics.Value("chatbot_order_total", ("a", "1"), ("b", "x")));
    }

    [Fact]
    public async Task Labels_without_end_flow_into_one_series()
    {
        await using var app = await DefaultsApp.StartAsync();
        var counter = app.Services.GetRequiredService<IMeterFactory>().Create("Chatbot.Many").CreateCounter<long>("chatbot.many");

        Parallel.For(0, 5000, i => counter.Add(1, new KeyValuePair<string, object?>("host", $"host-{i}")));

        var metrics = PrometheusText.Parse(await app.TextAsync("/metrics"));
        var samples = metrics.Samples.Where(sample => sample.Name == "chatbot_many_total").ToList();
        Assert.Equal(1001, samples.Count);
        Assert.Equal(5000, samples.Sum(sample => sample.Value));
        Assert.Equal(4000, metrics.Value("chatbot_many_total", ("otel_metric_overflow", "true")));
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_threads_count_while_others_read()
    {
        await using var app = await DefaultsApp.StartAsync();
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Chatbot.Threads");
        var counter = meter.CreateCounter<double>("chatbot.threads");
        var histogram = meter.CreateHistogram<int>("chatbot.threads.size");

        var reading = app.TextAsync("/metrics");
        Parallel.For(0, 100_000, i =>
        {
            counter.Add(1, new KeyValuePair<string, object?>("part", i % 3));
            histogram.Record(i % 100);
        });
        PrometheusText.Parse(await reading);

        var metrics = PrometheusText.Parse(await app.TextAsync("/metrics"));
        Assert.Equal(100_000, metrics.Samples.Where(sample => sample.Name == "chatbot_threads_total").Sum(sample => sample.Value));
        Assert.Equal(100_000, metrics.Value("chatbot_threads_size_count"));
        Assert.Equal(4_950_000, metrics.Value("chatbot_threads_size_sum"));
    }

    [Fact]
    public async Task One_broken_gauge_hides_no_other_metric()
    {
        await using var app = await DefaultsApp.StartAsync();
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Chatbot.Broken");
        meter.CreateObservableGauge("chatbot.broken", int () => throw new InvalidOperationException("no value"));
        meter.CreateObservableGauge("chatbot.whole", () => 5);

        var metrics = PrometheusText.Parse(await app.TextAsync("/metrics"));

        Assert.Equal(5, metrics.Value("chatbot_whole"));
        Assert.DoesNotContain(metrics.Samples, sample => sample.Name == "chatbot_broken");
    }

    [Fact]
    public async Task Meters_of_strangers_and_names_that_clash_are_left_out()
    {
        await using var app = await DefaultsApp.StartAsync();
        var factory = app.Services.GetRequiredService<IMeterFactory>();
        factory.Create("Stranger").CreateCounter<long>("stranger.things").Add(1);
        var meter = factory.Create("Chatbot.Clash");
        meter.CreateUpDownCounter<long>("chatbot.clash").Add(1);
        meter.CreateHistogram<long>("chatbot.clash").Record(1);

        var metrics = PrometheusText.Parse(await app.TextAsync("/metrics"));

        Assert.Equal(1, metrics.Value("chatbot_clash"));
        Assert.DoesNotContain(metrics.Samples, sample => sample.Name.StartsWith("stranger", StringComparison.Ordinal));
    }
}
