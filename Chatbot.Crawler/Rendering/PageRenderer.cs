using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// Renders pages as a visitor's browser would, as many at a time as there are contexts. Never throws for what a page does.
/// Safe for concurrent use.
/// </summary>
internal sealed partial class PageRenderer(BrowserHost browsers, IOptions<CrawlerOptions> options, TimeProvider time, ILogger<PageRenderer> logger) : IPageRenderer
{
    // The first attempt may have had a browser that was about to break, the second one the same browser before all of it was gone.
    private const int Attempts = 3;

    private readonly CrawlerOptions _options = options.Value;

    public bool HasBrowser => browsers.Executable is not null;

    public async Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return new RenderResult.Failed("only http and https are rendered");
        if (!HasBrowser)
            return new RenderResult.NoBrowser("no Chromium was found on this machine: install it, or name it with Crawler:Render:ExecutablePath");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RenderOnceAsync(request, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is PlaywrightException or TimeoutException or OperationCanceledException)
            {
                var reason = Describe(error);
                LogFailed(request.Url, attempt, reason);
                // What took all of its time once will take it again.
                if (attempt >= Attempts || error is TimeoutException)
                    return new RenderResult.Failed(reason);
            }
        }
    }

    private async Task<RenderResult> RenderOnceAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var tab = await browsers.RentAsync(request, cancellationToken);
        var isSound = false;
        try
        {
            using var clock = new CancellationTokenSource(_options.Render.Timeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
            try
            {
                var result = await tab.VisitAsync(request, _options, stop.Token);
                isSound = true;
                return result;
            }
            catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"it was not through within {_options.Render.Timeout.TotalSeconds:0.#} s");
            }
        }
        finally
        {
            await browsers.ReturnAsync(tab, isSound);
        }
    }

    private static string Describe(Exception error)
    {
        // The driver adds its call log in further lines.
        var text = error.Message.AsSpan();
        if (text.IndexOfAny('\r', '\n') is >= 0 and var end)
            text = text[..end];

        return text.Length > 300 ? text[..300].ToString() : text.ToString();
    }

    [LoggerMessage(LogLevel.Warning, "Rendering {Url} failed at attempt {Attempt}: {Reason}")]
    private partial void LogFailed(string url, int attempt, string reason);
}
