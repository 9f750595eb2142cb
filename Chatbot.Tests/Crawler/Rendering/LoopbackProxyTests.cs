using System.Net;
using System.Net.Sockets;
using System.Text;
using Chatbot.Crawler.Rendering;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Crawler.Rendering;

/// <summary>The browser's way out.</summary>
public sealed class LoopbackProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_pass_through_as_they_were_and_each_on_a_connection_of_its_own()
    {
        await using var site = await TestSite.StartAsync();
        site.Page("/a?b=%20c", "A", "<p>Text</p>");
        await using var proxy = Start(guarded: false);

        var first = await AskAsync(proxy, $"GET {site.Url("/a?b=%20c")} HTTP/1.1\r\nHost: {new Uri(site.Root).Authority}\r\nProxy-Connection: keep-alive\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", first, StringComparison.Ordinal);
        Assert.Contains("Connection: close", first, StringComparison.Ordinal);
        Assert.Contains("<p>Text</p>", first, StringComparison.Ordinal);
        Assert.Equal(["/a?b=%20c"], site.Requests);
    }

    [Fact]
    public async Task A_tunnel_carries_bytes_both_ways()
    {
        await using var site = await TestSite.StartAsync(_ => { }, secure: true);
        site.Page("/", "Secure", "<p>Text</p>");
        await using var proxy = Start(guarded: false);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address), SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } });

        var text = await client.GetStringAsync(new Uri(site.Url("/")), Token);

        Assert.Contains("<p>Text</p>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET http://127.0.0.1:{0}/ HTTP/1.1")]
    [InlineData("GET http://localhost:{0}/ HTTP/1.1")]
    [InlineData("GET http://[::ffff:127.0.0.1]:{0}/ HTTP/1.1")]
    [InlineData("CONNECT 127.0.0.1:{0} HTTP/1.1")]
    [InlineData("CONNECT localhost:{0} HTTP/1.1")]
    public async Task Private_addresses_are_refused_whatever_they_are_called(string request)
    {
        using var secret = new TcpListener(IPAddress.Loopback, 0);
        secret.Start();
        await using var proxy = Start(guarded: true);

        var answer = await AskAsync(proxy, string.Format(System.Globalization.CultureInfo.InvariantCulture, request, ((IPEndPoint)secret.LocalEndpoint).Port) + "\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.False(secret.Pending());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET file:///etc/hostname HTTP/1.1")]
    [InlineData("GET ftp://files.example/ HTTP/1.1")]
    [InlineData("nonsense")]
    public async Task What_is_no_request_to_a_proxy_is_refused(string request)
    {
        await using var proxy = Start(guarded: false);

        Assert.StartsWith("HTTP/1.1 400", await AskAsync(proxy, request + "\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_not_go_round_in_circles()
    {
        await using var proxy = Start(guarded: false);

        Assert.StartsWith("HTTP/1.1 403", await AskAsync(proxy, $"GET {proxy.Address} HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    private static LoopbackProxy Start(bool guarded) => new(guarded, TimeSpan.FromSeconds(30), NullLogger.Instance);

    private static async Task<string> AskAsync(LoopbackProxy proxy, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }
}
