using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.Http;

namespace Chatbot.Api.OpenAi;

/// <summary>Sends an answer in chunks as OpenAI does: a question that is not let in gets a plain error.</summary>
internal sealed class CompletionStream(IAsyncEnumerable<AnswerEvent> answer, string model, bool withUsage, TimeProvider clock) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        try
        {
            await using var events = answer.GetAsyncEnumerator(cancellationToken);
            if (!await events.MoveNextAsync()) return;
            if (events.Current is AnswerEvent.Error(var problem))
            {
                await OpenAiErrors.Of(problem).ExecuteAsync(httpContext);
                return;
            }

            await using var stream = await EventStream.StartAsync(httpContext, cancellationToken);
            await SendAsync(stream, events, cancellationToken);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            // Who asked left; nobody is there to be told.
        }
    }

    private async Task SendAsync(EventStream stream, IAsyncEnumerator<AnswerEvent> events, CancellationToken cancellationToken)
    {
        var template = new Completion("", "chat.completion.chunk", clock.GetUtcNow().ToUnixTimeSeconds(), model, []);
        AnswerEvent.Sources? sources = null;
        var language = "";
        do
        {
            switch (events.Current)
            {
                case AnswerEvent.Meta meta:
                    language = meta.Language;
                    template = template with { Id = OpenAiEndpoints.IdOf(meta.MessageId) };
                    await SendAsync(new CompletionChoice(0, null) { Delta = new AnsweredMessage { Role = "assistant", Content = "" } });
                    break;
                case AnswerEvent.Delta(var piece):
                    await SendAsync(new CompletionChoice(0, null) { Delta = new AnsweredMessage { Content = piece } });
                    break;
                case AnswerEvent.Sources it:
                    sources = it;
                    break;
                case AnswerEvent.Done done:
                    // Programs of others show the text and nothing else.
                    if (TextOnly.Of(done.Topics, language) is { Length: > 0 } topics) await SendAsync(new CompletionChoice(0, null) { Delta = new AnsweredMessage { Content = $"\n\n{topics}" } });
                    var last = new AnsweredMessage
                    {
                        Citations = sources?.Citations, Refused = done.Refused, Degraded = done.Degraded, Notice = done.Notice, Intent = done.Intent, Topics = done.Topics, Choices = done.Choices,
                    };
                    await SendAsync(new CompletionChoice(0, "stop") { Delta = last });
                    if (withUsage) await SendChunkAsync(template with { Usage = OpenAiEndpoints.UsageOf(done.Usage) });
                    break;
                case AnswerEvent.Error(var problem):
                    await stream.SendTextAsync(JsonSerializer.Serialize(new ErrorReply(new ErrorBody($"{problem.Title}. {problem.Detail}", "server_error", null, problem.Code)), OpenAiJson.Default.ErrorReply), cancellationToken);
                    break;
            }
        }
        while (await events.MoveNextAsync());
        await stream.SendTextAsync("[DONE]", cancellationToken);

        Task SendAsync(CompletionChoice choice) => SendChunkAsync(template with { Choices = [choice] });

        Task SendChunkAsync(Completion chunk) => stream.SendTextAsync(JsonSerializer.Serialize(chunk, OpenAiJson.Default.Completion), cancellationToken);
    }
}
