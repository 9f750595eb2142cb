using Chatbot.Tests.Api;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults.Logging;

public sealed partial class RedactedLogTests
{
    [Fact]
    public async Task Personal_data_and_secrets_reach_no_log()
    {
        var log = new CollectedLog();
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<ILoggerProvider>(log));
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");

        LogSaid(logger, new InvalidOperationException("refused for anna@example.org"), "call +49 30 1234567");

        var line = Assert.Single(log.Lines, line => line.Contains("said", StringComparison.Ordinal));
        Assert.Contains("[phone]", line, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567", line, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", line, StringComparison.Ordinal);
    }

    [LoggerMessage(LogLevel.Warning, "It was said: {Text}")]
    private static partial void LogSaid(ILogger logger, Exception error, string text);
}
