using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chatbot.Web.ApiAccess;

/// <summary>Speaks to the HTTP API on behalf of the visitor of the current request.</summary>
internal sealed class ApiClient(HttpClient http, ApiAddress address, IHttpContextAccessor accessor)
{
    public const string SessionCookie = "chatbot-session";

    private HttpContext Visitor => accessor.HttpContext ?? throw new InvalidOperationException("Only during a request.");

    /// <summary>Gets what a page shows.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        var reply = await SendAsync<T>(HttpMethod.Get, path, cancellationToken);
        return reply.Problem is null ? reply.Value! : throw new ApiException(reply.Problem);
    }

    public Task<ApiReply<T>> SendAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(new HttpRequestMessage(method, new Uri(address.Base, path)), cancellationToken);

    public Task<ApiReply<T>> SendAsync<TBody, T>(HttpMethod method, string path, TBody body, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(
            new HttpRequestMessage(method, new Uri(address.Base, path)) { Content = JsonContent.Create(body, TypeInfo<TBody>()) }, cancellationToken);

    public Task<ApiReply<T>> SendAsync<T>(HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(new HttpRequestMessage(method, new Uri(address.Base, path)) { Content = content }, cancellationToken);

    private async Task<ApiReply<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        using var _ = request;
        Identify(request);
        using var response = await http.SendAsync(request, cancellationToken);
        PassSessionOn(response);
        if (!response.IsSuccessStatusCode) return new(null, await ReadProblemAsync(response, cancellationToken));
        return response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0
            ? new(null, null)
            : new(await response.Content.ReadFromJsonAsync(TypeInfo<T>(), cancellationToken), null) { Follow = response.StatusCode == HttpStatusCode.Accepted ? response.Headers.Location?.ToString() : null };
    }

    private void Identify(HttpRequestMessage request)
    {
        // The page's form was checked for forgery before it came here.
        request.Headers.Add("X-Requested-With", "Chatbot.Web");
        if (Visitor.Request.Cookies[SessionCookie] is { } session) request.Headers.Add("Cookie", $"{SessionCookie}={session}");
        if (Visitor.Connection.RemoteIpAddress is { } visitor) request.Headers.Add("X-Forwarded-For", visitor.ToString());
        if (Visitor.Request.Headers.AcceptLanguage.ToString() is { Length: > 0 } languages)
            request.Headers.TryAddWithoutValidation("Accept-Language", languages);
    }

    private void PassSessionOn(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies)) return;
        foreach (var cookie in cookies.Where(cookie => cookie.StartsWith(SessionCookie, StringComparison.Ordinal)))
            Visitor.Response.Headers.Append("Set-Cookie", cookie);
    }

    public static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        try
        {
            var problem = await response.Content.ReadFromJsonAsync(WebJson.Default.ApiProblem, cancellationToken);
            return (problem ?? new ApiProblem()) with { Status = status };
        }
        catch (JsonException)
        {
            // A proxy in between writes pages of its own.
            return new ApiProblem { Status = status, Title = response.ReasonPhrase };
        }
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)WebJson.Default.Options.GetTypeInfo(typeof(T));
}
