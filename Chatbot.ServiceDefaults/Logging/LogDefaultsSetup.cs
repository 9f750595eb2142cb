using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Logging;

internal static class LogDefaultsSetup
{
    private const string FormatterKey = "Logging:Console:FormatterName";

    /// <summary>
    /// JSON lines when a machine reads the output, plain text on a terminal; each line of an activity with its ids.
    /// The defaults are configuration where nothing else is configured, so that the standard keys change any of them.
    /// </summary>
    public static void AddLogDefaults(this IHostApplicationBuilder builder)
    {
        var formatter = builder.Configuration[FormatterKey] ?? (Console.IsOutputRedirected ? "json" : "simple");
        var defaults = new Dictionary<string, string?>
        {
            [FormatterKey] = formatter,
            ["Logging:Console:FormatterOptions:IncludeScopes"] = bool.TrueString,
            ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = (formatter == "json").ToString(CultureInfo.InvariantCulture),
            ["Logging:Console:FormatterOptions:TimestampFormat"] = formatter == "json" ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "HH:mm:ss ",
            ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
            // Two lines a request, with the query string in them, tell nothing that a span does not.
            ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = nameof(LogLevel.Warning),
        };
        // Only the missing ones, at the end: a source inserted at the front makes ConfigurationManager rebuild all
        // the others, which loses every value that code has set through the indexer.
        builder.Configuration.AddInMemoryCollection(defaults.Where(setting => builder.Configuration[setting.Key] is null).ToList());
        // As the host makes it, with a factory around it.
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(services => new RedactingLoggerFactory(new LoggerFactory(
            services.GetServices<ILoggerProvider>(),
            services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            services.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
            services.GetService<IExternalScopeProvider>()))));
        builder.Logging.Configure(options =>
            options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
    }
}
