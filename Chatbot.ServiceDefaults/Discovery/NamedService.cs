using Microsoft.Extensions.Configuration;

namespace Chatbot.ServiceDefaults.Discovery;

/// <summary>The endpoints of one service, by the name of their section. Safe for concurrent use.</summary>
internal sealed class NamedService
{
    private readonly Dictionary<string, ServiceEndpoint[]> _sections = new(StringComparer.OrdinalIgnoreCase);
    private int _turn = -1;

    public NamedService(IConfigurationSection service)
    {
        foreach (var section in service.GetChildren())
        {
            // A section is a list, or a single value. Keys are compared as numbers by the configuration itself: 2 before 10.
            var values = section.Value is { } single ? [single] : section.GetChildren().Select(entry => entry.Value);
            _sections[section.Key] = [.. values.Select(ServiceEndpoint.Parse).OfType<ServiceEndpoint>()];
        }
    }

    /// <summary>The endpoint whose turn it is; null when none is configured for these schemes.</summary>
    public ServiceEndpoint? Next(string? endpointName, string[] schemes)
    {
        var entries = endpointName is not null
            ? _sections.GetValueOrDefault(endpointName)
            : schemes.Prepend("default").Select(name => _sections.GetValueOrDefault(name)).FirstOrDefault(found => found is not null);
        if (entries is null)
            return null;

        // An entry without a scheme serves any, and so the most preferred.
        foreach (var scheme in schemes)
        {
            var usable = Array.FindAll(entries, entry => entry.Scheme is null || entry.Scheme == scheme);
            if (usable.Length > 0)
                return usable[(uint)Interlocked.Increment(ref _turn) % usable.Length];
        }

        return null;
    }
}

/// <summary>One address. The scheme is null when the entry was only <c>host:port</c>; port -1 is the scheme's own.</summary>
internal sealed record ServiceEndpoint(string? Scheme, string Host, int Port)
{
    /// <summary>Null for an entry that is no address.</summary>
    public static ServiceEndpoint? Parse(string? text)
    {
        var hasScheme = text?.Contains("://", StringComparison.Ordinal) == true;
        if (string.IsNullOrWhiteSpace(text) || !Uri.TryCreate(hasScheme ? text : "any://" + text, UriKind.Absolute, out var uri))
            return null;
        return new ServiceEndpoint(hasScheme ? uri.Scheme : null, uri.Host, uri.Port);
    }
}
