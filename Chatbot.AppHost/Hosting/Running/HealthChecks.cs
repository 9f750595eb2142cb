using System.Net.Security;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Asks a resource how it is. An answer of "not yet" is false, whatever the reason.</summary>
internal static class HealthChecks
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Only loopback is asked, and nothing secret is sent: the development certificate need not be trusted.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) },
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Whether the resource has any health check.</summary>
    public static bool Any(IResource resource) => resource.Annotations.Any(a => a is HttpHealthCheckAnnotation or TcpHealthCheckAnnotation);

    /// <summary>Asks until a replica is healthy by all its checks. Ends by the token alone.</summary>
    public static async Task WaitAsync(IResourceWithEndpoints resource, int replica, CancellationToken cancellationToken)
    {
        foreach (var check in resource.Annotations.Where(a => a is HttpHealthCheckAnnotation or TcpHealthCheckAnnotation).ToList())
            while (!await AskAsync(resource, check, replica, cancellationToken))
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    private static async Task<bool> AskAsync(
        IResourceWithEndpoints resource, IResourceAnnotation check, int replica, CancellationToken cancellationToken)
    {
        try
        {
            return check switch
            {
                HttpHealthCheckAnnotation http => await AskHttpAsync(resource, http, replica, cancellationToken),
                TcpHealthCheckAnnotation tcp => await AskTcpAsync(new EndpointReference(resource, tcp.EndpointName), tcp.Hello, cancellationToken),
                _ => true,
            };
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task<bool> AskHttpAsync(
        IResourceWithEndpoints resource, HttpHealthCheckAnnotation check, int replica, CancellationToken cancellationToken)
    {
        var names = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var name = check.EndpointName
            ?? (names.Find(e => e.UriScheme == "https") ?? names.Find(e => e.UriScheme == "http"))?.Name
            ?? throw new DistributedApplicationException($"Resource '{resource.Name}' has a health check over HTTP, but no http endpoint.");
        var url = new EndpointReference(resource, name).LocalUrl(replica) + check.Path;
        using var response = await Client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode == check.StatusCode;
    }

    // An engine's proxy accepts connections before the server does, so an accepted one says nothing: wait for a byte.
    private static async Task<bool> AskTcpAsync(EndpointReference endpoint, byte[] hello, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.LocalHost, endpoint.LocalPort(0), limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(hello, limit.Token);
        return await stream.ReadAsync(new byte[1], limit.Token) > 0;
    }
}
