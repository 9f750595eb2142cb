using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net;
using Chatbot.Core.Net;
using Chatbot.Crawler.Fetching;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Politeness;

/// <summary>One gate for each host, shared by all runs of this process; turns at it by all processes. Safe for concurrent use.</summary>
internal sealed class HostGates(HostTurns turns, IOptions<CrawlerOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Authority, bool IsPrivate), HostGate> _gates = new();
    private readonly ConcurrentDictionary<string, bool> _private = new();

    /// <param name="allowPrivateAddresses">Only then a host may count as the owner's own.</param>
    public async ValueTask<HostGate> GetAsync(Uri url, bool allowPrivateAddresses, CancellationToken cancellationToken)
    {
        var isPrivate = allowPrivateAddresses && await IsPrivateAsync(url.IdnHost, cancellationToken);
        return _gates.GetOrAdd((url.Authority, isPrivate), key => new HostGate(key.Authority, options.Value, key.IsPrivate, turns, time));
    }

    /// <summary>Hosts that have answered and no longer do.</summary>
    public IReadOnlyList<AwayHost> ListAway() =>
        [.. _gates.Where(g => g.Value.AwaySince is not null).Select(g => new AwayHost(g.Key.Authority, g.Value.AwaySince!.Value, options.Value.HostPatience))];

    private async ValueTask<bool> IsPrivateAsync(string host, CancellationToken cancellationToken)
    {
        if (_private.TryGetValue(host, out var known))
            return known;

        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            // The fetch will say what is wrong with the name.
            return false;
        }

        var isPrivate = addresses.Length > 0 && !Array.Exists(addresses, AddressGuard.IsPublic);
        _private[host] = isPrivate;
        return isPrivate;
    }
}
