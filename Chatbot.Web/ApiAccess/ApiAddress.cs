using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Chatbot.Web.ApiAccess;

/// <summary>
/// Where the API is: the service <c>api</c> when the configuration names its address, else this very process over
/// its own loopback address. Known once the server listens. Safe for concurrent use.
/// </summary>
internal sealed class ApiAddress(IConfiguration configuration, IServer server)
{
    private static readonly Uri Named = new("https+http://api/");

    private Uri? _own;

    public bool IsElsewhere { get; } = configuration.GetSection("Services:api").Exists();

    public Uri Base => IsElsewhere ? Named : _own ??= FindOwn();

    private Uri FindOwn()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(BindingAddress.Parse)
            .Where(address => !address.IsUnixPipe)
            // Without TLS there is no certificate that would have to name the loopback address.
            .OrderBy(address => address.Scheme == Uri.UriSchemeHttps)
            .ToList() ?? [];
        return addresses.Count > 0
            ? new UriBuilder(addresses[0].Scheme, Reachable(addresses[0].Host), addresses[0].Port).Uri
            : throw new InvalidOperationException("The server listens nowhere, and Services:api names no address of the API.");
    }

    /// <summary><c>*</c>, <c>+</c>, <c>0.0.0.0</c> and <c>[::]</c> mean every address of the machine, and so the loopback one.</summary>
    private static string Reachable(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : host
            : host is "*" or "+" ? "127.0.0.1" : host;
}
