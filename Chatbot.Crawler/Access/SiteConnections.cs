using System.Net.Security;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Chatbot.Core.Net;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;

namespace Chatbot.Crawler.Access;

/// <summary>Makes the connections of a site that has a proxy or certificates of its own.</summary>
internal static class SiteConnections
{
    /// <exception cref="ArgumentException">The proxy or the certificates cannot be read.</exception>
    public static HttpMessageInvoker Create(Site site, SiteAccess access, FetchOptions options)
    {
        var guarded = !site.AllowPrivateAddresses;
        var handler = HttpClients.CreateHandler(options, guarded);
        if (access.CaCertificates is { } pem)
        {
            var roots = new X509Certificate2Collection();
            try
            {
                roots.ImportFromPem(pem);
            }
            catch (System.Security.Cryptography.CryptographicException error)
            {
                throw new ArgumentException("The site's certificates are no PEM.", error);
            }

            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, roots);
        }

        if (access.Proxy is not { } proxy)
            return new HttpMessageInvoker(handler);

        var address = new Uri(proxy);
        handler.UseProxy = true;
        handler.Proxy = new WebProxy(new UriBuilder(address.Scheme, address.Host, address.Port).Uri) { Credentials = Credentials(address) };
        // To the proxy, which its owner chose; where it goes from there is looked at before.
        handler.ConnectCallback = async (context, cancellationToken) => await GuardedConnector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, guarded: false, cancellationToken);
        return new HttpMessageInvoker(guarded ? new ProxiedAddressCheck(handler) : handler);
    }

    // What the system trusts counts; beside it, a chain that ends at one of the site's own roots. A wrong name never does.
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? given, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in given?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf);
    }

    private static NetworkCredential? Credentials(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
            return null;

        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>A proxy resolves names itself, so what can be known beforehand is looked at: addresses in URLs, and names that are private here.</summary>
    private sealed class ProxiedAddressCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var host = request.RequestUri!.IdnHost;
            IPAddress[] addresses;
            try
            {
                addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
            }
            catch (SocketException)
            {
                // Behind some proxies no name can be resolved but by them.
                addresses = [];
            }

            if (addresses.Length > 0 && !Array.Exists(addresses, AddressGuard.IsPublic))
                throw new PrivateAddressException($"{host} is {addresses[0]}, an address of a private network");

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
