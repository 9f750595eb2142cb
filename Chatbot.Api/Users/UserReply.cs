using Chatbot.Backends.Users;

namespace Chatbot.Api.Users;

/// <summary>Somebody who may sign in.</summary>
public sealed record UserReply(string Id, string Name, bool IsAdmin, bool IsDisabled, DateTimeOffset CreatedAt)
{
    internal static UserReply From(User it) => new(it.Id, it.Name, it.IsAdmin, it.IsDisabled, it.CreatedAt);
}
