using System.Net;
using Chatbot.Core.Sites;
using Chatbot.Crawler.Fetching;
using Chatbot.Html;

namespace Chatbot.Crawler.Access;

/// <summary>Signs in by a site's form, once for all who need it, and again when the site asks for it. Safe for concurrent use.</summary>
internal sealed class SignInFlow(SiteSession session, SiteAccess.FormSignIn form, CrawlerOptions options, TimeProvider time) : IDisposable
{
    // A page that stays closed to this user must not have us sign in for each of its links.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    // Of the page with the form and the one after it.
    private const int MaxBytes = 5_000_000;
    private const int MaxRedirects = 5;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Uri _page = new(form.Url);
    private volatile int _times;
    private long _last;
    private string? _failure;
    private volatile bool _worked;

    /// <summary>How often it signed in so far: remember it before a request, to tell afterwards whether that still counts.</summary>
    public int Times => _times;

    /// <summary>Signs in unless somebody did after <paramref name="seen"/>.</summary>
    /// <returns>Null when it worked, else what went wrong.</returns>
    public async Task<string?> EnsureAsync(int seen, CancellationToken cancellationToken)
    {
        if (_times > seen)
            return null;

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_times > seen)
                return null;
            if (_last != 0 && !_worked && time.GetElapsedTime(_last) < s_pause)
                return _failure ?? "the site asks to sign in again and again";

            _failure = await SignInAsync(cancellationToken);
            _last = time.GetTimestamp();
            _worked = false;
            if (_failure is null)
                _times++;
            return _failure;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says that a page came for which one must have signed in, perhaps.</summary>
    public void Worked() => _worked = true;

    /// <summary>Whether an answer means that one must sign in first.</summary>
    public bool IsAskedBy(Uri url, FetchResult result, CancellationToken cancellationToken) => result switch
    {
        { Status: 401 } => true,
        // As a rule that page is closed to this user; some say so of a session that ran out.
        { Status: 403 } => time.GetElapsedTime(Volatile.Read(ref _last)) > s_pause,
        FetchResult.Redirected(var location) => Path(location) == Path(_page.AbsoluteUri) && Path(url.AbsoluteUri) != Path(_page.AbsoluteUri),
        FetchResult.Fetched { Kind: ContentKind.Html } page => Path(url.AbsoluteUri) != Path(_page.AbsoluteUri) && HasForm(page.Body, page.Charset, url, cancellationToken),
        _ => false,
    };

    public void Dispose() => _turn.Dispose();

    private async Task<string?> SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (url, status, body, charset) = await FollowAsync(new HttpRequestMessage(HttpMethod.Get, _page), cancellationToken);
            if (status != 200)
                return $"the page to sign in at, {url}, answered {status}";
            if (HtmlForm.Find(body, charset, url, form.Fields, cancellationToken) is not { } found)
                return $"{url} has no form with the fields {string.Join(", ", form.Fields.Keys)}";
            // Passwords are for whom their owner named.
            if (!session.IsTrusted(found.Action))
                return $"the form of {url} sends to {found.Action.Authority}, which is no host of the site";

            (url, status, body, charset) = await FollowAsync(Request(found), cancellationToken);
            return Judge(url, status, body, charset, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidOperationException)
        {
            return FetchErrors.Describe(error, _page.Host).Detail;
        }
    }

    private string? Judge(Uri url, int status, byte[] body, string? charset, CancellationToken cancellationToken)
    {
        var text = HtmlPage.Decode(body, charset);
        if (form.FailureText is { Length: > 0 } failure && text.Contains(failure, StringComparison.Ordinal))
            return $"{url} says what it says to those it refuses";
        if (form.SuccessText is { Length: > 0 } success)
            return text.Contains(success, StringComparison.Ordinal) ? null : $"{url} does not say what it says to those who signed in";
        if (status >= 400)
            return $"{url} answered {status} to the form";

        return HasForm(body, charset, url, cancellationToken) ? $"{url} shows the form again: the fields are wrong, or the site refuses programs" : null;
    }

    private static HttpRequestMessage Request(HtmlForm found)
    {
        if (found.IsPost)
            return new HttpRequestMessage(HttpMethod.Post, found.Action) { Content = new FormUrlEncodedContent(found.Fields) };

        var query = string.Join('&', found.Fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        return new HttpRequestMessage(HttpMethod.Get, new UriBuilder(found.Action) { Query = query }.Uri);
    }

    private async Task<(Uri Url, int Status, byte[] Body, string? Charset)> FollowAsync(HttpRequestMessage first, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(options.Fetch.ConnectTimeout + options.Fetch.ResponseTimeout + options.Fetch.BodyTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        var next = first;
        for (var redirects = 0; ; redirects++)
        {
            using (var message = next)
            {
                var url = message.RequestUri!;
                message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
                message.Headers.TryAddWithoutValidation("Accept", "text/html,*/*;q=0.1");
                using var response = await session.SendAsync(message, stop.Token);
                if (response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                    && response.Headers.Location is { } location && redirects < MaxRedirects
                    && Uri.TryCreate(url, location, out var target) && session.IsTrusted(target))
                {
                    // The form itself is sent once, whatever the status asks for.
                    next = new HttpRequestMessage(HttpMethod.Get, target);
                    continue;
                }

                await using var stream = await response.Content.ReadAsStreamAsync(stop.Token);
                var body = new byte[MaxBytes];
                var used = await stream.ReadAtLeastAsync(body, MaxBytes, throwOnEndOfStream: false, stop.Token);
                return (url, (int)response.StatusCode, body[..used], response.Content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' '));
            }
        }
    }

    private bool HasForm(ReadOnlyMemory<byte> body, string? charset, Uri url, CancellationToken cancellationToken) =>
        // Spares reading every page twice.
        body.Span.IndexOf("assword"u8) >= 0 && body.Span.IndexOf("<form"u8) >= 0 && HtmlForm.Find(body, charset, url, form.Fields, cancellationToken) is not null;

    private static string Path(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.GetLeftPart(UriPartial.Path) : url;
}
