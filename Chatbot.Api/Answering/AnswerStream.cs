using System.Diagnostics;
using Chatbot.Api.Http;

namespace Chatbot.Api.Answering;

/// <summary>Sends an answer as server-sent events. Until its first event nothing is sent: a question that is not let in gets a plain problem.</summary>
/// <param name="after">Events of the answer that were sent before.</param>
internal sealed class AnswerStream(IAsyncEnumerable<AnswerEvent> answer, long after = 0) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        try
        {
            await using var events = answer.GetAsyncEnumerator(cancellationToken);
            if (!await events.MoveNextAsync())
            {
                // All was sent before; EventSource asks no more when it is told so.
                httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            if (after == 0 && events.Current is AnswerEvent.Error(var problem))
            {
                await Problems.Of(problem).ExecuteAsync(httpContext);
                return;
            }

            await using var stream = await EventStream.StartAsync(httpContext, cancellationToken, after);
            do
                await SendAsync(stream, events.Current, cancellationToken);
            while (await events.MoveNextAsync());
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            // The visitor left; nobody is there to be told.
        }
    }

    private static Task SendAsync(EventStream stream, AnswerEvent happened, CancellationToken cancellationToken) => happened switch
    {
        AnswerEvent.Meta it => stream.SendAsync("meta", it, cancellationToken),
        AnswerEvent.Delta it => stream.SendAsync("delta", it, cancellationToken),
        AnswerEvent.Sources it => stream.SendAsync("sources", it, cancellationToken),
        AnswerEvent.Passages it => stream.SendAsync("passages", it.Found, cancellationToken),
        AnswerEvent.Trace it => stream.SendAsync("trace", it, cancellationToken),
        AnswerEvent.Done it => stream.SendAsync("done", it, cancellationToken),
        AnswerEvent.Error it => stream.SendAsync("error", it.Problem, cancellationToken),
        _ => throw new UnreachableException($"Unhandled {happened}"),
    };
}
