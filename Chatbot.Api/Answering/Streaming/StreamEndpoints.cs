using Chatbot.Api.RateLimits;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>Answers that are read on, or stopped, by the id that came with them. Whoever has it is who asked.</summary>
internal static class StreamEndpoints
{
    public static void AddAnswerStreams(this IServiceCollection services)
    {
        services.AddSingleton<OngoingAnswers>();
        services.AddSingleton<SocketLimits>();
    }

    /// <param name="chat">The group of the chat's endpoints.</param>
    public static void MapAnswerStreams(this RouteGroupBuilder chat)
    {
        chat.MapGet("/chat/streams/{id}", Resume)
            .RequireRateLimiting(ClientLimits.Questions)
            .WithSummary("Reads on in an answer after the event that the header Last-Event-ID names.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
        chat.MapDelete("/chat/streams/{id}", Stop).WithSummary("Stops an answer.");
        chat.MapGet("/chat/ws", AnswerSocket.AcceptAsync)
            .RequireRateLimiting(ClientLimits.Questions)
            .WithSummary("A WebSocket: several questions, the same events.")
            .ExcludeFromDescription();
    }

    private static IResult Resume(string id, HttpRequest request, OngoingAnswers answers)
    {
        if (answers.Find(id) is not { } answer) return Http.Problems.Of(AskProblem.UnknownStream);
        // What is no number of ours is as good as none: all of it comes again.
        var after = long.TryParse(request.Headers["Last-Event-ID"], System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 0;
        return new AnswerStream(answer.ReadAsync(after, request.HttpContext.RequestAborted), after);
    }

    private static IResult Stop(string id, OngoingAnswers answers)
    {
        if (answers.Find(id) is not { } answer) return Http.Problems.Of(AskProblem.UnknownStream);
        answer.Stop();
        return TypedResults.NoContent();
    }
}
