namespace Chatbot.Backends.Users;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">Unique; kept in lower case.</param>
public sealed record User(string Id, string Name, bool IsAdmin, DateTimeOffset CreatedAt);
