using Chatbot.ServiceDefaults.Discovery;
using Chatbot.ServiceDefaults.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets single HTTP clients apart from the defaults that all of them have.</summary>
public static class HttpClientDefaultsExtensions
{
    /// <summary>
    /// No timeouts, retries or circuit breaker: for clients that call a model or stream, where a slow first byte
    /// is normal and a repeated request costs money, and for those that have a policy of their own.
    /// </summary>
    public static IHttpClientBuilder WithoutResilience(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<HttpResilienceOptions>(builder.Name, options => options.Enabled = false);
        return builder;
    }

    /// <summary>
    /// Host names mean what the network says: for clients that fetch addresses given by strangers, which must not
    /// reach an internal service by its name.
    /// </summary>
    public static IHttpClientBuilder WithoutServiceDiscovery(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<ServiceDiscoveryOptions>(builder.Name, options => options.Enabled = false);
        return builder;
    }
}
