using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chatbot.Core.Handovers;
using Chatbot.Core.Net;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Handovers;

/// <summary>Tells a webhook, signed, and only at addresses that it may be at. Safe for concurrent use.</summary>
internal sealed class HandoverWebhook : IDisposable
{
    /// <summary><c>t=…,v1=…</c>: when, in Unix seconds, and the HMAC-SHA256 of that, a point and the body, in hexadecimal.</summary>
    public const string Signature = "X-Chatbot-Signature";

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public HandoverWebhook(IOptions<HandoverOptions> options, TimeProvider clock)
    {
        _clock = clock;
        var handler = new SocketsHttpHandler
        {
            // Where it leads is the receiver's to say, not that of whoever answers there.
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, options.Value.AllowPrivateAddresses, token),
        };
        _http = new HttpClient(handler) { Timeout = options.Value.Timeout, MaxResponseContentBufferSize = 64 * 1024 };
    }

    /// <exception cref="HandoverFailedException">It did not take it.</exception>
    public async Task SendAsync(HandoverTarget target, HandoverEvent content, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(content, ApiJson.Default.HandoverEvent);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.WebhookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // The same at each attempt: a receiver knows what it has.
        request.Headers.Add("X-Chatbot-Delivery", content.Id);
        if (target.Secret is { } secret) request.Headers.Add(Signature, Sign(secret, body, _clock.GetUtcNow().ToUnixTimeSeconds()));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new HandoverFailedException($"the webhook answered {(int)response.StatusCode}");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is not HandoverFailedException)
        {
            throw new HandoverFailedException(error is OperationCanceledException ? "the webhook did not answer in time" : $"the webhook cannot be reached: {(error.InnerException ?? error).Message}", error);
        }
    }

    public void Dispose() => _http.Dispose();

    internal static string Sign(string secret, ReadOnlySpan<byte> body, long at)
    {
        var time = at.ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }

    // Checked on the very address that is connected to: a name that resolves to something else a moment later gains nothing.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        var allowed = allowPrivate ? addresses : Array.FindAll(addresses, AddressGuard.IsPublic);
        if (allowed.Length == 0)
            throw new HandoverFailedException(addresses.Length == 0 ? $"{host.Host} has no address" : $"{host.Host} is at a private address, which webhooks may not be (Handover:AllowPrivateAddresses)");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
