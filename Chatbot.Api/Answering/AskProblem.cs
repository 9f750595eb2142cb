namespace Chatbot.Api.Answering;

/// <summary>Why a question is not answered at all.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Status">HTTP status that says the same.</param>
/// <param name="Title">The kind of problem, in a few words.</param>
/// <param name="Detail">For people: what is wrong and what helps.</param>
public sealed record AskProblem(string Code, int Status, string Title, string Detail)
{
    public static readonly AskProblem Empty = new(
        "question-empty", StatusCodes.Status400BadRequest, "The question is empty", "Write a question; blanks and control characters do not count.");

    public static readonly AskProblem TooLong = new(
        "question-too-long",
        StatusCodes.Status413PayloadTooLarge,
        "The question is too long",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A question has at most {QuestionGuard.LongestQuestion:#,0} characters. Ask for the essential part of it."));

    public static readonly AskProblem UnknownKnowledgeBase = new(
        "knowledge-base-unknown", StatusCodes.Status404NotFound, "There is no such knowledge base", "Check the name in knowledgeBase.");

    public static readonly AskProblem UnknownConversation = new(
        "conversation-unknown", StatusCodes.Status404NotFound, "There is no such conversation", "It was deleted or belongs to another knowledge base. Ask again without conversationId.");

    public static readonly AskProblem BadVisitor = new(
        "visitor-invalid", StatusCodes.Status400BadRequest, "The visitor's id is none", "It has 16 to 64 letters, digits, hyphens and underscores, chosen at random. It may be left out.");

    public static AskProblem UnknownModel(IReadOnlyList<string> choices) => new(
        "model-unknown",
        StatusCodes.Status400BadRequest,
        "There is no such language model",
        choices.Count == 0 ? "No language model is configured. Ask without options.model." : $"Choose one of these in options.model: {string.Join(", ", choices)}.");

    public static readonly AskProblem RefusedOrigin = new(
        "origin-refused", StatusCodes.Status403Forbidden, "This page may not ask", "The page's origin is not among the allowed origins of the knowledge base.");

    public static readonly AskProblem UnknownStream = new(
        "stream-unknown", StatusCodes.Status404NotFound, "There is no such answer", "It ended more than a minute ago, was never read for half a minute, or is made by another process. Ask again.");

    public static readonly AskProblem UnreadableMessage = new(
        "message-unreadable", StatusCodes.Status400BadRequest, "The message cannot be read", "Send {\"id\",\"ask\":{\"question\"}} with an id of at most 64 characters that no running question has, or {\"cancel\":id}.");

    public static readonly AskProblem TooMany = new(
        "too-many", StatusCodes.Status429TooManyRequests, "Too many questions", "Wait for an answer, or a minute, before you ask the next question.");

    public static readonly AskProblem Broken = new(
        "internal", StatusCodes.Status500InternalServerError, "The question could not be answered", "Something went wrong here. Try again; the trace id tells the operator what happened.");
}
