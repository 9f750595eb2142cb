using System.Net;
using System.Net.Sockets;

namespace Chatbot.Tests.Support;

/// <summary>
/// Ports of 127.0.0.1 that nobody listens on, for programs that cannot choose one themselves. None of those that the system
/// gives away by itself: a test beside would get one sooner or later before the program listens on it.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000, Last = 32_000;

    private static int s_last = Random.Shared.Next(First, Last);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_last) % (Last - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
