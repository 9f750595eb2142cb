namespace Chatbot.Api.Users;

public sealed record SignInRequest(string? Name, string? Password)
{
    /// <summary>Characters; hashing a longer one would cost more than a right one can be worth.</summary>
    public const int LongestPassword = 1_000;
}
