using Chatbot.ServiceDefaults.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chatbot.Tests.ServiceDefaults;

/// <summary>Clients of a host that has the defaults, with pauses short enough for tests.</summary>
internal sealed class HttpClients : IDisposable
{
    private readonly IHost _host;

    public HttpClients(Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["HttpResilience:RetryDelay"] = "00:00:00.001";
        // However busy the machine is.
        builder.Configuration["HttpResilience:AttemptTimeout"] = "00:10:00";
        builder.Configuration["HttpResilience:TotalTimeout"] = "00:30:00";
        foreach (var (key, value) in settings ?? [])
            builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        configure?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public HttpClient Create(string name = "plain") => _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    public void Dispose() => _host.Dispose();
}
