using System.Text.Json;
using Chatbot.Backends.Evaluation;

namespace Chatbot.Api.Evaluations.Drift;

/// <summary>Tells another system of answers that changed. Safe for concurrent use.</summary>
internal sealed partial class DriftWebhook(IHttpClientFactory clients, ILogger<DriftWebhook> logger)
{
    public const string Client = "answer-changes";

    /// <summary>Tells it; a system that does not listen is logged, and not asked again.</summary>
    public async Task TellAsync(string address, string knowledgeBase, string runId, IReadOnlyList<AnswerChange> changes, CancellationToken cancellationToken)
    {
        var notice = new AnswerChangeNotice(knowledgeBase, runId, [.. changes.Select(it => new ChangedAnswer(it.Id, it.Question, it.Before.Refused, it.After.Refused, it.Pages))]);
        try
        {
            using var client = clients.CreateClient(Client);
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(notice, ApiJson.Default.AnswerChangeNotice));
            content.Headers.ContentType = new("application/json");
            using var response = await client.PostAsync(new Uri(address), content, cancellationToken);
            if (!response.IsSuccessStatusCode) LogRefused((int)response.StatusCode);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The webhook for changed answers said {Status}")]
    private partial void LogRefused(int status);

    [LoggerMessage(LogLevel.Warning, "The webhook for changed answers did not answer")]
    private partial void LogFailed(Exception error);
}

/// <summary>What the webhook is told.</summary>
public sealed record AnswerChangeNotice(string KnowledgeBase, string CrawlRunId, IReadOnlyList<ChangedAnswer> Changes);

/// <param name="Pages">The pages that changed and that one of the answers cites.</param>
public sealed record ChangedAnswer(string Id, string Question, bool WasRefused, bool IsRefused, IReadOnlyList<string> Pages);
