using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// Keeps a browser while there are pages to render: started with the first, started anew when it broke or grew old, closed
/// when idle. Safe for concurrent use.
/// </summary>
internal sealed partial class BrowserHost : IAsyncDisposable
{
    private readonly RenderOptions _options;
    private readonly string _agent;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;
    private readonly ILogger<BrowserHost> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _idle;
    private LoopbackProxy? _open;
    private LoopbackProxy? _guarded;
    private BrowserInstance? _current;
    private bool _disposed;

    public BrowserHost(IOptions<CrawlerOptions> options, TimeProvider time, ILogger<BrowserHost> logger)
    {
        _options = options.Value.Render;
        _agent = options.Value.Fetch.Contact.Length == 0 ? CrawlerOptions.Agent + "/0.1" : $"{CrawlerOptions.Agent}/0.1; +{options.Value.Fetch.Contact}";
        _connectTimeout = options.Value.Fetch.ConnectTimeout;
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(_options.Contexts);
        _idle = time.CreateTimer(_ => _ = CloseIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Null when there is no browser on this machine.</summary>
    public string? Executable => ChromiumFinder.Find(_options);

    /// <summary>A browser runs at the moment.</summary>
    public bool IsRunning => _current is not null;

    /// <summary>Waits for a free place and gives a context of this site. Give it back.</summary>
    /// <exception cref="PlaywrightException">The browser does not start.</exception>
    public async Task<BrowserTab> RentAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                var instance = await CurrentAsync();
                var tab = await TabAsync(instance, request);
                tab.Pages++;
                instance.Pages++;
                instance.InUse++;
                return tab;
            }
            finally
            {
                _turn.Release();
            }
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <param name="isSound">False when something broke: the context is thrown away.</param>
    public async Task ReturnAsync(BrowserTab tab, bool isSound)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            var instance = tab.Instance;
            instance.InUse--;
            instance.IsRetired |= instance.Pages >= _options.PagesPerBrowser || !instance.Browser.IsConnected;
            if (isSound && !instance.IsRetired && tab.Pages < _options.PagesPerContext)
                instance.Idle.Add(tab);
            else
                await CloseAsync(tab);

            if (instance.IsRetired)
                await RetireAsync(instance);
            if (_current is { InUse: 0 })
                _idle.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _turn.Release();
            _slots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_disposed)
                return;

            _disposed = true;
            await _idle.DisposeAsync();
            if (_current is { } instance)
                await instance.CloseAsync();
            _current = null;
            await (_open?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_guarded?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<BrowserInstance> CurrentAsync()
    {
        if (_current is { } known)
        {
            if (known.Browser.IsConnected && !known.IsRetired)
                return known;

            if (!known.Browser.IsConnected)
                LogLost();
            known.IsRetired = true;
            await RetireAsync(known);
        }

        var executable = Executable ?? throw new PlaywrightException("no browser");
        _open ??= new LoopbackProxy(guarded: false, _connectTimeout, _logger);
        _guarded ??= new LoopbackProxy(guarded: true, _connectTimeout, _logger);
        var started = _time.GetTimestamp();
        var playwright = await DriverAsync();
        try
        {
            var browser = await InTimeAsync(playwright.Chromium.LaunchAsync(BrowserLaunch.Options(_options, executable, _guarded.Address)));
            LogStarted(browser.Version, (long)_time.GetElapsedTime(started).TotalMilliseconds);
            return _current = new BrowserInstance(playwright, browser, _time);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    private async Task RetireAsync(BrowserInstance instance)
    {
        if (_current == instance)
            _current = null;
        // Pages in hand are brought to their end; the last one closes the browser.
        if (instance.InUse == 0)
            await instance.CloseAsync();
    }

    private async Task<BrowserTab> TabAsync(BrowserInstance instance, RenderRequest request)
    {
        // A session lasts as long as a run: the next one's tabs are new.
        var profile = string.Create(CultureInfo.InvariantCulture, $"{request.SiteId}|{request.AllowPrivateAddresses}|{request.Connection?.Key}");
        if (instance.Idle.FindLastIndex(t => t.Profile == profile) is >= 0 and var found)
        {
            var tab = instance.Idle[found];
            instance.Idle.RemoveAt(found);
            return tab;
        }

        // Those of other sites make room.
        while (instance.Idle.Count > 0 && instance.Idle.Count + instance.InUse >= _options.Contexts)
        {
            var oldest = instance.Idle[0];
            instance.Idle.RemoveAt(0);
            await CloseAsync(oldest);
        }

        var proxy = request.AllowPrivateAddresses ? _open! : _guarded!;
        try
        {
            var context = await InTimeAsync(instance.Browser.NewContextAsync(BrowserLaunch.Visitor(instance.Browser.Version, _agent, proxy.Address)));
            var opened = new BrowserTab(instance, context, profile);
            await InTimeAsync(opened.OpenAsync(request.Connection));
            return opened;
        }
        catch
        {
            // What opens no tab for this page opens none for the next.
            instance.IsRetired = true;
            await RetireAsync(instance);
            throw;
        }
    }

    private async Task<IPlaywright> DriverAsync()
    {
        var starting = Playwright.CreateAsync();
        try
        {
            return await InTimeAsync(starting);
        }
        catch
        {
            _ = EndLateAsync(starting);
            throw;
        }
    }

    private static async Task EndLateAsync(Task<IPlaywright> starting)
    {
        try
        {
            (await starting).Dispose();
        }
        catch (Exception)
        {
            // It never came, which was told already.
        }
    }

    // A driver whose browser is killed in the middle of a request may never answer it.
    private async Task<T> InTimeAsync<T>(Task<T> work)
    {
        await InTimeAsync((Task)work);
        return await work;
    }

    private async Task InTimeAsync(Task work)
    {
        try
        {
            await work.WaitAsync(_options.StartTimeout, _time);
        }
        catch (TimeoutException)
        {
            throw new PlaywrightException($"the browser did not answer within {_options.StartTimeout.TotalSeconds:0.#} s");
        }
    }

    private async Task CloseAsync(BrowserTab tab)
    {
        try
        {
            await tab.Context.CloseAsync().WaitAsync(TimeSpan.FromSeconds(5), _time);
        }
        catch (PlaywrightException)
        {
            // Gone with its browser.
        }
        catch (TimeoutException)
        {
            // A page that cannot even be closed takes its browser with it.
            tab.Instance.IsRetired = true;
        }
    }

    private async Task CloseIdleAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_current is not { InUse: 0 } instance)
                return;

            _current = null;
            await instance.CloseAsync();
            LogIdle(instance.Pages);
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "Browser {Version} started in {ElapsedMs} ms")]
    private partial void LogStarted(string version, long elapsedMs);

    [LoggerMessage(LogLevel.Information, "The browser was idle and is closed, after {Pages} pages")]
    private partial void LogIdle(int pages);

    [LoggerMessage(LogLevel.Warning, "The browser ended unasked; it is started anew")]
    private partial void LogLost();
}
