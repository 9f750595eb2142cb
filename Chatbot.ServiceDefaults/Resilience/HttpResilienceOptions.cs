using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Resilience;

/// <summary>
/// How HTTP clients bear up against a weak server. Section <c>HttpResilience</c> for all clients; one client is set
/// apart with <c>services.Configure&lt;HttpResilienceOptions&gt;(clientName, …)</c>. The defaults are those of
/// .NET's standard resilience handler.
/// </summary>
public sealed class HttpResilienceOptions
{
    /// <summary>False: requests go out once, with no limit but the client's own.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests at once by one client; more fail at once.</summary>
    [Range(1, 100_000)]
    public int Concurrency { get; set; } = 1000;

    /// <summary>From the first attempt to the headers of the final response.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For each attempt, to the headers of its response.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first; 0 for none.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 3;

    /// <summary>Pause before the first retry; doubles each time, with jitter. A <c>Retry-After</c> of the server wins.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class HttpResilienceOptionsValidator : IValidateOptions<HttpResilienceOptions>;
