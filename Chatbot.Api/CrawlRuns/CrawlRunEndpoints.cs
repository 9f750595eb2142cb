using Chatbot.Api.Http;
using Chatbot.Backends.Crawling;
using Chatbot.Core.Crawling;
using Chatbot.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.CrawlRuns;

internal static class CrawlRunEndpoints
{
    private const int MostRuns = 500;
    private const int MostUrls = 500;

    private static readonly string[] s_states = ["new", "changed", "unchanged", "gone", "duplicate", "skipped", "failed", "queued"];

    public static void MapCrawlRuns(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/crawl-runs").WithTags("Crawl runs");
        group.MapGet("/", ListAsync).WithSummary("The runs of a site, or of all, the newest first.");
        group.MapGet("/{id}", FindAsync).WithSummary("A run with its counters.");
        group.MapPost("/{id}/cancel", CancelAsync).WithSummary("Stops a run; what it found by then stays.");
        group.MapGet("/{id}/events", FollowAsync).WithSummary("Follows a run with server-sent events.").Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        group.MapGet("/{id}/urls", UrlsAsync).WithSummary("What became of the URLs of a run, in the order of their addresses.");
        group.MapGet("/{id}/reasons", ReasonsAsync).WithSummary("How many URLs of a run ended in which state, and why; the most frequent first.");
        group.MapGet("/{id}/report", ReportAsync).WithSummary("What became of each URL, or of those that match, as JSON or CSV.");
        group.MapGet("/{id}/broken-links", BrokenLinksAsync).WithSummary("Links of the site that lead nowhere, with the pages where they stand, as JSON or CSV.");
    }

    private static async Task<Results<Ok<ListReply<CrawlRun>>, ValidationProblem>> ListAsync(
        CrawlRunStore runs, CancellationToken cancellationToken, string? siteId = null, int limit = 50)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostRuns, "limit", $"1 to {MostRuns}.");
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(ListReply.All(await runs.ListAsync(siteId, limit, cancellationToken)));
    }

    private static async Task<Results<Ok<CrawlRun>, ProblemHttpResult>> FindAsync(string id, CrawlRunStore runs, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.NotFound("run");

    private static async Task<Results<Ok<CrawlRun>, ProblemHttpResult>> CancelAsync(string id, CrawlRunStore runs, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("run");
        if (!await runs.CancelAsync(id, cancellationToken))
            return Problems.Conflict("The run is finished.");
        return await runs.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.NotFound("run");
    }

    private static async Task<IResult> FollowAsync(string id, CrawlRunStore runs, IJobQueue queue, TimeProvider clock, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } run ? new CrawlProgressStream(run, runs, queue, clock) : Problems.NotFound("run");

    private static async Task<Results<Ok<ListReply<CrawlReportLine>>, ValidationProblem, ProblemHttpResult>> UrlsAsync(
        string id, CrawlRunStore runs, CrawlReport report, CancellationToken cancellationToken,
        string? state = null, string? reason = null, string? text = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostUrls, "limit", $"1 to {MostUrls}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        var filter = FilterOf(state, reason, text, errors);
        if (errors.Any)
            return errors.ToProblem();
        if (await runs.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("run");
        return TypedResults.Ok(new ListReply<CrawlReportLine>(
            await report.ListAsync(id, filter, limit, offset, cancellationToken), await report.CountAsync(id, filter, cancellationToken)));
    }

    private static async Task<Results<Ok<ListReply<CrawlReasonCount>>, ProblemHttpResult>> ReasonsAsync(string id, CrawlRunStore runs, CrawlReport report, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is null
            ? Problems.NotFound("run")
            : TypedResults.Ok(ListReply.All(await report.CountReasonsAsync(id, cancellationToken)));

    private static Task<IResult> ReportAsync(
        string id, CrawlRunStore runs, CrawlReport report, CancellationToken cancellationToken, string? state = null, string? reason = null, string? text = null, string format = "json")
    {
        var errors = new FieldErrors();
        var filter = FilterOf(state, reason, text, errors);
        return errors.Any
            ? Task.FromResult<IResult>(errors.ToProblem())
            : DownloadAsync(id, runs, "crawl", (run, body, form, token) => report.WriteAsync(run, filter, body, form, token), format, cancellationToken);
    }

    private static Task<IResult> BrokenLinksAsync(string id, CrawlRunStore runs, BrokenLinkReport report, CancellationToken cancellationToken, string format = "json") =>
        DownloadAsync(id, runs, "broken-links", report.WriteAsync, format, cancellationToken);

    private static CrawlReportFilter FilterOf(string? state, string? reason, string? text, FieldErrors errors)
    {
        errors.Check(string.IsNullOrEmpty(state) || s_states.Contains(state), "state", $"{string.Join(", ", s_states[..^1])} or {s_states[^1]}.");
        return new CrawlReportFilter { State = string.IsNullOrEmpty(state) ? null : state, Reason = string.IsNullOrEmpty(reason) ? null : reason, Text = text };
    }

    private static async Task<IResult> DownloadAsync(
        string id, CrawlRunStore runs, string name, Func<string, Stream, CrawlReportFormat, CancellationToken, Task> write, string format, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(format is "json" or "csv", "format", "json or csv.");
        if (errors.Any)
            return errors.ToProblem();
        if (await runs.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("run");
        var isCsv = format == "csv";
        return TypedResults.Stream(
            body => write(id, body, isCsv ? CrawlReportFormat.Csv : CrawlReportFormat.Json, cancellationToken),
            isCsv ? "text/csv; charset=utf-8" : "application/json",
            $"{name}-{id}.{format}");
    }
}
