using Microsoft.Extensions.Options;

namespace Chatbot.Crawler.Rendering;

/// <summary>
/// Renders in a process beside this one: the browser's driver needs a runtime that a program compiled wholly ahead does not
/// have. The process is started with the first page and ended when idle. Safe for concurrent use.
/// </summary>
internal sealed partial class ChildRenderer : IPageRenderer, IAsyncDisposable
{
    /// <summary>The argument by which the crawler's program does nothing but render.</summary>
    public const string Argument = "render";

    private const int Attempts = 2;

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly RenderOptions _options;
    private readonly ILogger<ChildRenderer> _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _idle;
    private RenderProcess? _current;
    private bool _disposed;

    public ChildRenderer(IOptions<CrawlerOptions> options, TimeProvider time, ILogger<ChildRenderer> logger)
        : this(Path.Combine(AppContext.BaseDirectory, "renderer", OperatingSystem.IsWindows() ? "Chatbot.Crawler.exe" : "Chatbot.Crawler"), [Argument, .. Environment.GetCommandLineArgs().Skip(1)], options, time, logger)
    {
    }

    /// <param name="arguments">As the crawler was given them: they configure both.</param>
    internal ChildRenderer(string program, IReadOnlyList<string> arguments, IOptions<CrawlerOptions> options, TimeProvider time, ILogger<ChildRenderer> logger)
    {
        (_program, _arguments, _options, _logger) = (program, arguments, options.Value.Render, logger);
        _idle = time.CreateTimer(_ => _ = EndIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (!File.Exists(_program))
            return new RenderResult.NoBrowser($"there is no {_program}, which renders for this program: publish both");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var process = await CurrentAsync(cancellationToken);
                try
                {
                    return await process.RenderAsync(request, cancellationToken);
                }
                finally
                {
                    if (process.InUse == 0 && !_disposed)
                        _idle.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
                }
            }
            catch (IOException error) when (!cancellationToken.IsCancellationRequested)
            {
                LogEnded(request.Url, error.Message);
                if (attempt >= Attempts)
                    return new RenderResult.Failed("the process that renders ended");
            }
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
            await EndAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RenderProcess> CurrentAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_current is { HasEnded: true })
                await EndAsync();

            return _current ??= RenderProcess.Start(_program, _arguments);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EndIdleAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_current is { InUse: 0 })
                await EndAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EndAsync()
    {
        if (_current is not { } process)
            return;

        _current = null;
        await process.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Warning, "The process that renders ended at {Url}: {Reason}")]
    private partial void LogEnded(string url, string reason);
}
