using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Fetching;

/// <summary>
/// Fetches one URL over HTTP/1.1 or HTTP/2, within limits of time and size that hold while bytes arrive. Never throws for
/// what a server does. Safe for concurrent use.
/// </summary>
internal sealed class HttpPageFetcher(HttpClients clients, IOptions<CrawlerOptions> options, TimeProvider time)
{
    // For one page: others may use a session up meanwhile.
    private const int MaxSignIns = 3;

    private readonly FetchOptions _options = options.Value.Fetch;
    private readonly string _userAgent = options.Value.UserAgent;

    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (request.Session?.SignIn is not { } signIn)
            return await FetchOnceAsync(request, cancellationToken);

        for (var attempt = 1; ; attempt++)
        {
            if (signIn.Times == 0 && await signIn.EnsureAsync(0, cancellationToken) is { } refused)
                return new FetchResult.Failed(PageReasons.SignIn, refused, IsRetryable: false);

            var seen = signIn.Times;
            var result = await FetchOnceAsync(request, cancellationToken);
            if (!signIn.IsAskedBy(new Uri(request.Url), result, cancellationToken))
            {
                signIn.Worked();
                return result;
            }

            // The session ran out, or this page is for others.
            if (attempt == MaxSignIns)
                return new FetchResult.Failed(PageReasons.SignIn, "the site asks to sign in again and again", IsRetryable: true) { Status = result.Status };
            if (await signIn.EnsureAsync(seen, cancellationToken) is { } detail)
                return new FetchResult.Failed(PageReasons.SignIn, detail, IsRetryable: false) { Status = result.Status };
        }
    }

    private async Task<FetchResult> FetchOnceAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var url = new Uri(request.Url);
        // Two clocks, one token: the first phase ends with the header, the second with the body.
        using var clock = new CancellationTokenSource(_options.ConnectTimeout + _options.ResponseTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        int? status = null;
        try
        {
            var started = time.GetTimestamp();
            using var message = CreateMessage(url, request);
            using var response = request.Session is { } session
                ? await session.SendAsync(message, stop.Token)
                : await clients.For(request.AllowPrivateAddresses).SendAsync(message, stop.Token);
            status = (int)response.StatusCode;
            var latency = time.GetElapsedTime(started);
            clock.CancelAfter(_options.BodyTimeout);
            return await ReadAsync(request, url, response, stop.Token) with { Status = status, Latency = latency };
        }
        catch (Exception) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var detail = status is null
                ? $"no answer within {(_options.ConnectTimeout + _options.ResponseTimeout).TotalSeconds:0.#} s"
                : $"the body was not through within {_options.BodyTimeout.TotalSeconds:0.#} s";
            return new FetchResult.Failed(PageReasons.TimedOut, detail, IsRetryable: true) { Status = status };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidOperationException or NotSupportedException)
        {
            return FetchErrors.Describe(error, url.Host) with { Status = status };
        }
    }

    private HttpRequestMessage CreateMessage(Uri url, FetchRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.IsImage ? "image/png,image/jpeg,image/webp;q=0.9,image/*;q=0.5" : "text/html,application/xhtml+xml;q=0.9,application/pdf;q=0.8,text/*;q=0.7,*/*;q=0.1");
        if (request.ETag is { } tag)
            message.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (request.LastModified is { } modified)
            message.Headers.TryAddWithoutValidation("If-Modified-Since", modified);

        return message;
    }

    private async Task<FetchResult> ReadAsync(FetchRequest request, Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status == 304)
            return new FetchResult.NotModified { RobotsTags = RobotsTags(response) };
        if (status is 301 or 302 or 303 or 307 or 308)
            return Redirect(url, response);
        if (status is 404 or 410)
            return new FetchResult.Gone($"{status} {response.ReasonPhrase}".TrimEnd());
        if (status is not (200 or 203))
            return HttpError(response);

        var contentType = response.Content.Headers.ContentType;
        if (request.IsImage)
            return await ReadImageAsync(response, contentType?.MediaType, cancellationToken);

        var kind = ContentSniffer.ByType(contentType?.MediaType, request.Url, out var isOther);
        if (isOther)
            return new FetchResult.Skipped(PageReasons.ContentType, $"{contentType!.MediaType} is not read") { ContentType = contentType.MediaType };

        // An undeclared body may be a PDF or an office file; the bytes tell later.
        var limit = kind is null || IsFile(kind) ? Math.Max(_options.MaxPdfBytes, _options.MaxPageBytes) : _options.MaxPageBytes;
        if (response.Content.Headers.ContentLength > limit)
            return TooLarge(limit, contentType?.MediaType);

        var body = await ReadBodyAsync(response.Content, limit, cancellationToken);
        if (body is null)
            return TooLarge(limit, contentType?.MediaType);

        if (body.AsSpan().StartsWith("%PDF-"u8))
            kind = ContentKind.Pdf;
        else if (OfficeFiles.ByContent(body) is { } office)
            kind = office;
        else if (ContentSniffer.IsBinary(body) && !IsFile(kind))
            return new FetchResult.Skipped(PageReasons.Binary, $"the body is no text, though declared as {contentType?.MediaType ?? "nothing"}") { ContentType = contentType?.MediaType };

        kind ??= ContentSniffer.ByContent(body, request.Url);
        if (kind is not { } known)
            return new FetchResult.Skipped(PageReasons.ContentType, "the body is nothing that is read") { ContentType = contentType?.MediaType };
        if (!IsFile(known) && body.Length > _options.MaxPageBytes)
            return TooLarge(_options.MaxPageBytes, contentType?.MediaType);

        return new FetchResult.Fetched(body, known, ContentSniffer.TypeOf(known), Charset(contentType))
        {
            ETag = ETag(response),
            LastModified = LastModified(response),
            RobotsTags = RobotsTags(response),
            Links = response.Headers.TryGetValues("Link", out var links) ? [.. links] : [],
            SetCookies = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        };
    }

    private async Task<FetchResult> ReadImageAsync(HttpResponseMessage response, string? contentType, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > _options.MaxImageBytes)
            return TooLarge(_options.MaxImageBytes, contentType);
        if (await ReadBodyAsync(response.Content, _options.MaxImageBytes, cancellationToken) is not { } body)
            return TooLarge(_options.MaxImageBytes, contentType);
        // Whatever it is called: the bytes tell.
        if (ImageSignature.TypeOf(body) is not { } type)
            return new FetchResult.Skipped(PageReasons.ContentType, "the body is no picture that is read") { ContentType = contentType };
        return new FetchResult.Fetched(body, ContentKind.Image, type, null) { ETag = ETag(response), LastModified = LastModified(response) };
    }

    private static string? ETag(HttpResponseMessage response) => response.Headers.TryGetValues("ETag", out var tags) ? Fitting(tags.FirstOrDefault()) : null;

    private static string? LastModified(HttpResponseMessage response) => response.Content.Headers.TryGetValues("Last-Modified", out var dates) ? Fitting(dates.FirstOrDefault()) : null;

    // Larger than pages, and binary by nature; whether it can be read is told later, with a reason.
    private static bool IsFile(ContentKind? kind) => kind is ContentKind.Pdf || (kind is { } known && OfficeFiles.TypeOf(known) is not null);

    private static FetchResult Redirect(Uri url, HttpResponseMessage response)
    {
        var location = response.Headers.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
        return location is { Length: > 0 } && Uri.TryCreate(url, location, out var target)
            ? new FetchResult.Redirected(target.AbsoluteUri)
            : new FetchResult.Failed(PageReasons.MalformedAnswer, $"{(int)response.StatusCode} without a usable Location", IsRetryable: false);
    }

    private FetchResult.Failed HttpError(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var isRetryable = status is 408 or 425 or 429 or >= 500 and not (501 or 505);
        return new FetchResult.Failed(PageReasons.HttpError, $"{status} {response.ReasonPhrase}".TrimEnd(), isRetryable)
        {
            Status = status,
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? value) =>
        (value?.Delta ?? (value?.Date is { } date ? date - time.GetUtcNow() : null)) is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static FetchResult.Skipped TooLarge(long limit, string? contentType) =>
        new(PageReasons.TooLarge, string.Create(CultureInfo.InvariantCulture, $"more than {limit / 1_000_000.0:0.###} MB")) { ContentType = contentType };

    private static IReadOnlyList<string> RobotsTags(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Robots-Tag", out var values) ? [.. values] : [];

    private static string? Charset(MediaTypeHeaderValue? contentType) => contentType?.CharSet?.Trim('"', '\'', ' ') is { Length: > 0 } charset ? charset : null;

    // What is remembered is sent back later; an absurdly long value is not worth that.
    private static string? Fitting(string? value) => value is { Length: > 0 and < 512 } ? value : null;

    /// <returns>Null when it has more bytes than the limit.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var declared = content.Headers.ContentLength is > 0 and var length ? (int)Math.Min(length, limit) : 16 * 1024;
        // One byte more than declared: the read that finds the end then needs no larger buffer. Grown only as bytes
        // arrive, so that a declaration costs nothing.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(declared, 1024 * 1024) + 1);
        try
        {
            var used = 0;
            while (true)
            {
                if (used == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, used).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var read = await stream.ReadAsync(buffer.AsMemory(used), cancellationToken);
                if (read == 0)
                    return buffer.AsSpan(0, used).ToArray();

                used += read;
                if (used > limit)
                    return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
