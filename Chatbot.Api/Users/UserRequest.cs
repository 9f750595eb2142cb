using Chatbot.Api.Http;
using Chatbot.Backends.Users;

namespace Chatbot.Api.Users;

/// <summary>A new user, or what is to be changed of one; null leaves it as it is.</summary>
public sealed record UserRequest(string? Name, string? Password, bool? IsAdmin, bool? IsDisabled)
{
    internal void CheckFields(FieldErrors errors, bool isNew)
    {
        errors.Check(isNew ? Name?.Trim().Length is >= 1 and <= UserStore.LongestName : Name is null, "name", isNew ? $"1 to {UserStore.LongestName} characters." : "A name stays.");
        errors.Check((Password is null && !isNew) || Password?.Length is >= UserStore.ShortestPassword and <= SignInRequest.LongestPassword, "password", $"{UserStore.ShortestPassword} to {SignInRequest.LongestPassword:N0} characters.");
        errors.Check(!isNew || IsDisabled is not true, "isDisabled", "A new user may sign in.");
    }
}
