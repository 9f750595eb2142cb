namespace Chatbot.Web.Chat;

/// <summary>A part of a line: a reference to a source, words with a link, or words alone.</summary>
internal sealed record AnswerPiece(string Text, ChatCitation? Source, ChatLink? Link);
