using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

/// <summary>Replaces the console's output, which belongs to the whole process: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(ConsoleLogTests), DisableParallelization = true)]
public sealed class ConsoleLogCollection;

[Collection(nameof(ConsoleLogTests))]
public sealed partial class ConsoleLogTests
{
    [Fact]
    public async Task A_json_line_names_the_trace_in_which_it_was_written()
    {
        using var activity = new Activity("work").Start();

        var output = await WriteAsync("json");

        var line = Assert.Single(output.Split('\n'), text => text.Contains("a line of work", StringComparison.Ordinal));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("a line of work", json.GetProperty("Message").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", json.GetProperty("Timestamp").GetString());
        var scope = json.GetProperty("Scopes")[0];
        Assert.Equal(activity.TraceId.ToHexString(), scope.GetProperty("TraceId").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), scope.GetProperty("SpanId").GetString());
    }

    [Fact]
    public async Task The_operator_chooses_the_format()
    {
        using var activity = new Activity("work").Start();

        var output = await WriteAsync("simple");

        Assert.Contains("a line of work", output, StringComparison.Ordinal);
        Assert.Contains(activity.TraceId.ToHexString(), output, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_a_machine_reads_is_json_unless_asked_otherwise()
    {
        Assert.SkipUnless(Console.IsOutputRedirected, "The tests run on a terminal.");

        var output = await WriteAsync(format: null);

        Assert.StartsWith("{", output, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(string? format)
    {
        var before = Console.Out;
        await using var captured = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(captured));
        try
        {
            var builder = Host.CreateApplicationBuilder();
            if (format is not null)
                builder.Configuration["Logging:Console:FormatterName"] = format;
            builder.AddServiceDefaults();
            // Disposing the host flushes the console's queue.
            using var host = builder.Build();
            LogLine(host.Services.GetRequiredService<ILogger<ConsoleLogTests>>());
        }
        finally
        {
            Console.SetOut(before);
        }

        return captured.ToString();
    }

    [LoggerMessage(LogLevel.Information, "a line of work")]
    private static partial void LogLine(ILogger logger);
}
