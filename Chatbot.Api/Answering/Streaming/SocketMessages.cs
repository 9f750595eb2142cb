using System.Text.Json;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>What a client sends: a question, or that the answer of one is not wanted any more.</summary>
/// <param name="Id">The client's name for the question, at most 64 characters; its events carry it. Free again after the last one.</param>
/// <param name="Ask">The question, as the body of <c>POST /api/chat</c>.</param>
/// <param name="Cancel">The name of a question to give up.</param>
internal sealed record SocketRequest(string? Id, AskRequest? Ask, string? Cancel)
{
    public AskRequest Question() => Ask ?? new AskRequest();
}

/// <summary>An event of an answer.</summary>
/// <param name="Id">As the question was named; null for what belongs to none.</param>
/// <param name="Event">As of the server-sent events.</param>
internal sealed record SocketReply(string? Id, string Event, JsonElement Data);
