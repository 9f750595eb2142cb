namespace Chatbot.Web.Users;

internal sealed record User(string Id, string Name, bool IsAdmin, bool IsDisabled, DateTimeOffset CreatedAt);

/// <summary>What is to be changed; null leaves it.</summary>
internal sealed record UserDraft(string? Name = null, string? Password = null, bool? IsDisabled = null);

/// <summary>What the form for a new user sends.</summary>
public sealed class UserForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }
}
