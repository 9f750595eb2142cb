using Chatbot.Api.Http;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;

namespace Chatbot.Api.CrawlRuns;

/// <summary>Follows a run to its end, as events.</summary>
internal sealed class CrawlProgressStream(CrawlRun run, CrawlRunStore runs, IJobQueue queue, TimeProvider clock) : IResult
{
    // Twice a second looks live; the counters are one row to read.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        try
        {
            await using var stream = await EventStream.StartAsync(httpContext, cancellationToken);
            CrawlProgress? last = null;
            var current = run;
            while (true)
            {
                var depth = await queue.GetDepthAsync(Queues.Documents, cancellationToken);
                var progress = new CrawlProgress(current, depth.Waiting + depth.Leased);
                var isOver = current.State is not (CrawlRunState.Queued or CrawlRunState.Running);
                if (isOver || progress != last)
                    await stream.SendAsync(isOver ? "done" : "progress", progress, cancellationToken);
                if (isOver)
                    return;
                last = progress;
                await Task.Delay(Interval, clock, cancellationToken);
                if (await runs.FindAsync(run.Id, cancellationToken) is not { } found)
                    return;
                current = found;
            }
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            // Whoever was watching left.
        }
    }
}
