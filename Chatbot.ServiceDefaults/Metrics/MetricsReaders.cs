using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>Who may read the metrics. Safe for concurrent use.</summary>
internal sealed class MetricsReaders(IOptions<MetricsOptions> options)
{
    private const string Scheme = "Bearer ";

    // What proxies say of whom they ask for: a request from the internet comes from the proxy's own, private address.
    private static readonly string[] s_forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    private readonly byte[]? token = string.IsNullOrWhiteSpace(options.Value.Token) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Token.Trim()));

    public bool Allows(HttpContext context) =>
        options.Value.Access switch
        {
            MetricsAccess.Everyone => true,
            // A token is for scrapers elsewhere.
            MetricsAccess.Private => token is not null || (IsPrivate(context.Connection.RemoteIpAddress) && !s_forwarding.Any(context.Request.Headers.ContainsKey)),
            _ => false,
        }
        && (token is null || HasToken(context.Request.Headers.Authorization.ToString()));

    private bool HasToken(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), token);

    // RFC 1918, RFC 4193, and the addresses of one link. No address: a socket of this machine.
    private static bool IsPrivate(IPAddress? address)
    {
        if (address is null) return true;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
    }
}
