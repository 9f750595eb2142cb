using System.Net;
using System.Net.Sockets;

namespace Chatbot.Core.Net;

/// <summary>Tells addresses of the public internet from those that nothing here must reach by itself.</summary>
public static class AddressGuard
{
    // The IANA registries of special-purpose addresses: what is not globally reachable. 169.254.169.254 and its
    // like, where clouds keep their credentials, are link-local or private and so among them.
    private static readonly IPNetwork[] s_refused =
    [
        .. Parse("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    ];

    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_localNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork s_6to4 = IPNetwork.Parse("2002::/16");

    /// <summary>Whether it is an address of the public internet, itself or by the address that it carries.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Addresses that carry an IPv4 address lead to it.
            var bytes = address.GetAddressBytes();
            if (s_localNat64.Contains(address))
                return false;
            if (s_nat64.Contains(address) || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0)
                return !IsUnspecifiedOrLoopback(address) && IsPublic(new IPAddress(bytes.AsSpan(12)));
            if (s_6to4.Contains(address))
                return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        }

        foreach (var network in s_refused)
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return false;

        return true;
    }

    private static bool IsUnspecifiedOrLoopback(IPAddress address) => address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback);

    private static IEnumerable<IPNetwork> Parse(params string[] networks) => networks.Select(IPNetwork.Parse);
}
