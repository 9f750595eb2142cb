using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Resilience;

/// <summary>
/// One pipeline a client, for the life of the process: handlers are remade every few minutes, and a circuit
/// that is open must stay open then. Safe for concurrent use.
/// </summary>
internal sealed class HttpPipelines(
    IOptionsMonitor<HttpResilienceOptions> options, TimeProvider time, ILogger<HttpPipeline> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpPipeline> _pipelines = new();

    /// <summary>Null for a client that opted out.</summary>
    public HttpPipeline? For(string client) =>
        options.Get(client) is { Enabled: true } settings
            ? _pipelines.GetOrAdd(client, name => new HttpPipeline(name, settings, time, logger))
            : null;

    public void Dispose()
    {
        foreach (var pipeline in _pipelines.Values)
            pipeline.Dispose();
    }
}
