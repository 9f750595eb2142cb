using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Chatbot.Tests.Api.Evaluations;

/// <summary>Golden questions and their runs at the real API.</summary>
internal static class EvaluationApp
{
    public static async Task<string> AddGoldenAsync(this ApiApp app, string question, string? page, string? phrase, bool draft = false)
    {
        var (status, reply) = await app.SendAsync(HttpMethod.Post, "/api/evaluations/questions", new
        {
            question,
            kind = page is null && phrase is null ? "unanswerable" : "fact",
            expectedPages = page is null ? [] : new[] { page },
            expectedPhrases = phrase is null ? [] : new[] { phrase },
            draft,
        });
        Assert.Equal(HttpStatusCode.Created, status);
        return reply.GetProperty("id").GetString()!;
    }

    /// <summary>Starts a run and waits for its end.</summary>
    public static async Task<JsonElement> EvaluateAsync(this ApiApp app)
    {
        var (status, run) = await app.SendAsync(HttpMethod.Post, "/api/evaluations", new { });
        Assert.Equal(HttpStatusCode.Accepted, status);
        return await app.EvaluatedAsync(run.GetProperty("id").GetString()!);
    }

    public static async Task<JsonElement> EvaluatedAsync(this ApiApp app, string id)
    {
        while (true)
        {
            var run = await app.GetAsync($"/api/evaluations/{id}");
            if (run.GetProperty("state").GetString() is not ("queued" or "running")) return run;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> ImportGoldenAsync(this ApiApp app, string file, string type = "application/jsonl")
    {
        using var content = new StringContent(file, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await app.Client.PostAsync(new Uri("/api/evaluations/questions/import", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await ApiApp.JsonAsync(response));
    }
}
