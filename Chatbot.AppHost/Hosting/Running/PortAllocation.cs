using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Gives every endpoint its ports on this machine before anything starts, so that all can refer to all.</summary>
internal static class PortAllocation
{
    /// <exception cref="DistributedApplicationException">A fixed port is taken.</exception>
    public static void Allocate(IEnumerable<IResource> resources)
    {
        var given = new HashSet<int>();
        foreach (var resource in resources)
        {
            var replicas = resource.Annotations.Last<ReplicaAnnotation>()?.Replicas ?? 1;
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                endpoint.AllocatedPorts = [.. Enumerable.Range(0, replicas).Select(replica => Port(resource, endpoint, replica, given))];
        }
    }

    // A program listens on its target port itself; only a container's is mapped to another one. One port serves one replica.
    private static int Port(IResource resource, EndpointAnnotation endpoint, int replica, HashSet<int> given)
    {
        var wanted = resource is ContainerResource ? endpoint.Port : endpoint.TargetPort ?? endpoint.Port;
        if (wanted is not { } port || replica > 0)
            return Free(given);
        if (!given.Add(port) || !IsFree(port))
            throw new DistributedApplicationException(
                $"Port {port} for endpoint '{endpoint.Name}' of '{resource.Name}' is taken. End what uses it, or change the port.");
        return port;
    }

    private static int Free(HashSet<int> given)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (given.Add(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
