namespace Chatbot.Backends.Users;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">Unique; kept in lower case.</param>
/// <param name="IsDisabled">May not sign in for the time being.</param>
/// <param name="Stamp">What sessions carry: changes with password and rights, so that sessions from before are no good any more.</param>
public sealed record User(string Id, string Name, bool IsAdmin, bool IsDisabled, DateTimeOffset CreatedAt, string Stamp);
