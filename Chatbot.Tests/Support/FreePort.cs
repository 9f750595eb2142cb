using System.Net;
using System.Net.Sockets;

namespace Chatbot.Tests.Support;

/// <summary>Ports of 127.0.0.1 that nobody listens on, for programs that cannot choose one themselves.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
