namespace Chatbot.ServiceDefaults.Telemetry;

/// <summary>Which activity sources and meters are ours to report. A final <c>*</c> stands for any ending.</summary>
internal static class TelemetryNames
{
    public const string ServerSource = "Microsoft.AspNetCore";

    private const string Own = "Chatbot.*";

    /// <summary>Stable sources only: those named <c>Experimental.*</c> change without notice and are left out.</summary>
    public static readonly string[] Sources =
    [
        Own,
        ServerSource,
        "System.Net.Http",
        "RabbitMQ.Client.Publisher",
        "RabbitMQ.Client.Subscriber",
    ];

    public static readonly string[] Meters =
    [
        Own,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization",
        "Microsoft.AspNetCore.MemoryPool",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Components*",
        "System.Net.Http",
        "System.Net.NameResolution",
        "System.Runtime",
    ];

    public static bool Matches(string[] names, string name) =>
        Array.Exists(names, candidate => candidate.EndsWith('*')
            ? name.AsSpan().StartsWith(candidate.AsSpan(0, candidate.Length - 1), StringComparison.Ordinal)
            : name == candidate);
}
