using Chatbot.Backends.Conversations;
using Chatbot.Core;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>
/// What a visitor's browser calls itself: random signs that it made up and keeps, so that its conversations can be read
/// and deleted by it alone. Only a hash is kept: whoever reads the database cannot pass for a visitor. Pure.
/// </summary>
internal static class VisitorId
{
    /// <summary>The request header that carries it where there is no body.</summary>
    public const string Header = "X-Visitor-Id";

    private const int Shortest = 16, Longest = 64;

    /// <returns>Why it is none, or null when it is one or is left out.</returns>
    public static AskProblem? Check(string? id) =>
        string.IsNullOrEmpty(id) || (id.Length is >= Shortest and <= Longest && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')) ? null : AskProblem.BadVisitor;

    /// <returns>Null for no id.</returns>
    public static string? HashOf(string? id) => string.IsNullOrEmpty(id) ? null : Ids.Hash($"visitor\n{id}");

    /// <summary>Whether a conversation is this visitor's. One without a visitor is whoever's knows its id, which nobody can guess.</summary>
    public static bool IsOf(Conversation conversation, string? hash) => conversation.Visitor is null || conversation.Visitor == hash;
}
