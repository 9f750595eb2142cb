using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Chatbot.ServiceDefaults.Discovery;

/// <summary>
/// Finds services by name in configuration, as Aspire lays them out: <c>Services:api:http:0 = http://10.0.0.7:8080</c>.
/// Follows changes of the configuration. Safe for concurrent use.
/// </summary>
internal sealed class ServiceEndpoints : IDisposable
{
    private readonly IDisposable _changes;
    private Dictionary<string, NamedService> _services = [];

    public ServiceEndpoints(IConfiguration configuration)
    {
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, () => Read(configuration));
        Read(configuration);
    }

    public void Dispose() => _changes.Dispose();

    /// <summary>
    /// The address to ask for <paramref name="asked"/>. A scheme such as <c>https+http</c> gives schemes in order of
    /// preference, a host such as <c>_grpc.api</c> an endpoint of the service. Entries are taken in turn. What is not
    /// configured keeps its host, with the first scheme; an address with an explicit port is no name and is left alone.
    /// </summary>
    public Uri Resolve(Uri asked)
    {
        var hasPort = asked.Port >= 0 && !asked.IsDefaultPort;
        var isPlain = !asked.Scheme.Contains('+');
        if (isPlain && (hasPort || Volatile.Read(ref _services).Count == 0))
            return asked;

        var schemes = asked.Scheme.Split('+');
        var (service, endpointName) = SplitHost(asked.Host);
        if (!hasPort && Volatile.Read(ref _services).TryGetValue(service, out var named)
            && named.Next(endpointName, schemes) is { } endpoint)
        {
            return new UriBuilder(asked) { Scheme = endpoint.Scheme ?? schemes[0], Host = endpoint.Host, Port = endpoint.Port }.Uri;
        }

        if (isPlain && endpointName is null)
            return asked;
        return new UriBuilder(asked) { Scheme = schemes[0], Host = service, Port = hasPort ? asked.Port : -1 }.Uri;
    }

    private static (string Service, string? Endpoint) SplitHost(string host)
    {
        var dot = host.IndexOf('.');
        return host.StartsWith('_') && dot > 1 && dot < host.Length - 1 ? (host[(dot + 1)..], host[1..dot]) : (host, null);
    }

    private void Read(IConfiguration configuration) =>
        Volatile.Write(ref _services, configuration.GetSection("Services").GetChildren()
            .ToDictionary(section => section.Key, section => new NamedService(section), StringComparer.OrdinalIgnoreCase));
}
