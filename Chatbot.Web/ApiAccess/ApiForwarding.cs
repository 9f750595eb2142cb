using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;

namespace Chatbot.Web.ApiAccess;

/// <summary>
/// When the API is another process, the pages' scripts still call <c>/api</c>, and programs <c>/v1</c>, of the server they came from: one origin
/// for the browser, whatever stands behind. Bodies are streamed in both directions.
/// </summary>
internal static class ApiForwarding
{
    public const string ClientName = "api-forwarding";

    /// <summary>They belong to one connection (RFC 9110, 7.6.1), or are set anew.</summary>
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "traceparent", "tracestate", "X-Trace-Id", "X-Forwarded-For",
    };

    public static void MapApiForwarding(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<ApiAddress>().IsElsewhere) return;
        // How large a body may be is for the API to say.
        foreach (var path in (string[])["/api/{**path}", "/v1/{**path}"])
            app.Map(path, ForwardAsync).WithMetadata(AnySize.Instance).ExcludeFromDescription();
    }

    private static async Task ForwardAsync(HttpContext context, IHttpClientFactory clients, ApiAddress address)
    {
        using var request = Copy(context, address.Base, context.Request.Path.ToUriComponent() + context.Request.QueryString);
        using var client = clients.CreateClient(ClientName);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            CopyHeaders(response.Headers, context.Response);
            CopyHeaders(response.Content.Headers, context.Response);
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await context.Response.StartAsync(context.RequestAborted);
            await PumpAsync(await response.Content.ReadAsStreamAsync(context.RequestAborted), context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>The visitor's request with its body and headers, for an address of the API.</summary>
    public static HttpRequestMessage Copy(HttpContext context, Uri api, string path)
    {
        var incoming = context.Request;
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), new Uri(api, path));
        if (incoming.ContentLength > 0 || incoming.Headers.TransferEncoding.Count > 0) request.Content = new StreamContent(incoming.Body);
        foreach (var (name, values) in incoming.Headers.Where(header => !NotForwarded.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        // The API compares a browser's Origin with the host that was asked for.
        request.Headers.Host = incoming.Host.Value;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", incoming.Scheme);
        return request;
    }

    private static void CopyHeaders(HttpHeaders headers, HttpResponse response)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!NotForwarded.Contains(name)) response.Headers.Append(name, values.ToArray());
        }
    }

    private static async Task PumpAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            // Events are read as they come.
            await target.FlushAsync(cancellationToken);
        }
    }
}
