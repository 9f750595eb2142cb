using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Chatbot.Api.Handovers;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chatbot.Tests.Api.Handovers;

public sealed class HandoverTests
{
    private static readonly Dictionary<string, string?> s_quick = new() { ["Jobs:BackOff"] = "00:00:00.010", ["Handover:AllowPrivateAddresses"] = "true" };

    [Fact]
    public async Task A_webhook_gets_the_conversation_signed_once_it_answers()
    {
        var calls = new ConcurrentQueue<(string Signature, string Body)>();
        await using var receiver = await TestSite.StartAsync(site => site.MapPost("/hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            calls.Enqueue((context.Request.Headers[HandoverWebhook.Signature].ToString(), await reader.ReadToEndAsync(context.RequestAborted)));
            context.Response.StatusCode = calls.Count == 1 ? 503 : 204;
        }));
        await using var app = await ApiApp.StartAsync(s_quick);
        await app.AddTownAsync();
        await app.SignInAsync();
        var (set, target) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default/handover", new { webhookUrl = receiver.Url("/hook"), secret = "s3cret" });
        var conversation = (await app.AnswerAsync("How much does a new passport cost?")).GetProperty("conversationId").GetString();

        var (status, _) = await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = conversation, reach = "ann@town.example", name = "Ann", note = "Urgent", consent = true });
        var handover = await UntilAsync(app, "open");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created, 2), (set, status, calls.Count));
        Assert.True(target.GetProperty("hasSecret").GetBoolean());
        Assert.DoesNotContain("s3cret", target.ToString(), StringComparison.Ordinal);
        var (signature, body) = calls.Last();
        var at = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(HandoverWebhook.Sign("s3cret", Encoding.UTF8.GetBytes(body), at), signature);
        var sent = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(("Ann", "ann@town.example", "default"), (sent.GetProperty("name").GetString(), sent.GetProperty("reach").GetString(), sent.GetProperty("knowledgeBase").GetString()));
        Assert.Equal(["user", "assistant"], sent.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("Urgent", handover.GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_mail_has_the_conversation_and_is_answered_to_the_visitor()
    {
        await using var server = new ScriptedMailServer(refusals: 1);
        await using var app = await ApiApp.StartAsync(new(s_quick.Concat(server.Settings)));
        await app.AddTownAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default/handover", new { email = "help@town.example" });
        var conversation = (await app.AnswerAsync("How much does a new passport cost?")).GetProperty("conversationId").GetString();

        await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = conversation, reach = "ann@town.example", name = "Ann\r\nBcc: all@town.example", consent = true });
        await UntilAsync(app, "open");

        var mail = Assert.Single(server.Mails);
        var (headers, body) = (mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)], mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..].Trim());
        Assert.Contains("Reply-To: ann@town.example", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("How much does a new passport cost?", headers.Contains("base64", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal))) : body.Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_told_says_why_and_is_sent_again_on_demand()
    {
        // The receiver is at a private address, which it may not be.
        await using var receiver = await TestSite.StartAsync(site => site.MapPost("/hook", () => Results.NoContent()));
        await using var app = await ApiApp.StartAsync(new() { ["Jobs:BackOff"] = "00:00:00.010", ["Jobs:Attempts"] = "2" });
        await app.AddTownAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default/handover", new { webhookUrl = receiver.Url("/hook") });
        var conversation = (await app.AnswerAsync("Hello")).GetProperty("conversationId").GetString();
        await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = conversation, reach = "+49 30 1234", consent = true });

        var failed = await UntilAsync(app, "failed");
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default/handover", new { });
        var (again, _) = await app.SendAsync(HttpMethod.Post, $"/api/handovers/{failed.GetProperty("id").GetString()}/send");
        var open = await UntilAsync(app, "open");
        var (done, _) = await app.SendAsync(HttpMethod.Post, $"/api/handovers/{open.GetProperty("id").GetString()}/done");

        Assert.Contains("private address", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (again, done));
        Assert.Equal(1, (await app.GetAsync("/api/handovers?state=done")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_passed_on_without_consent_or_without_a_conversation_or_too_often()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var conversation = (await app.AnswerAsync("Hello")).GetProperty("conversationId").GetString();

        var (refused, problem) = await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = conversation, reach = "ann@town.example" });
        var (unknown, _) = await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = "nobody", reach = "ann@town.example", consent = true });
        var all = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
            all.Add((await app.SendAsync(HttpMethod.Post, "/api/handovers", new { conversationId = conversation, reach = "ann@town.example", consent = true })).Status);
        using var listed = await app.Client.GetAsync(new Uri("/api/handovers", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (refused, unknown, listed.StatusCode));
        Assert.True(problem.GetProperty("errors").TryGetProperty("consent", out _));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict], all);
    }

    private static async Task<JsonElement> UntilAsync(ApiApp app, string state)
    {
        while (true)
        {
            var found = await app.GetAsync($"/api/handovers?state={state}");
            if (found.GetProperty("total").GetInt32() > 0) return found.GetProperty("items")[0];
            // What failed for good becomes nothing else.
            if (state != "failed") Assert.Equal("[]", (await app.GetAsync("/api/handovers?state=failed")).GetProperty("items").GetRawText());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
