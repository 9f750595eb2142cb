namespace Chatbot.Api.Users;

/// <summary>Who is signed in.</summary>
public sealed record SessionReply(string Name, bool IsAdmin);
