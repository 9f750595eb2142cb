using System.Net.Sockets;
using System.Net;
using Chatbot.Core.Net;

namespace Chatbot.Crawler.Fetching;

/// <summary>Connects to a host by name, under the rule for addresses: the one place where connections of a crawl begin.</summary>
internal static class GuardedConnector
{
    // Checked where the connection is made, on the very address that is connected to: a name that resolves to
    // something else a moment later gains nothing.
    /// <param name="guarded">Refuses addresses that are not of the public internet.</param>
    /// <exception cref="PrivateAddressException">The host has no other address.</exception>
    /// <exception cref="SocketException">It has none at all, or does not answer.</exception>
    public static async ValueTask<NetworkStream> ConnectAsync(string host, int port, bool guarded, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = guarded ? Array.FindAll(addresses, AddressGuard.IsPublic) : addresses;
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new PrivateAddressException($"{host} is {addresses[0]}, an address of a private network");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
