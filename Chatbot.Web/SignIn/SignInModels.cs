namespace Chatbot.Web.SignIn;

internal sealed record Credentials(string Name, string Password);

internal sealed record Session(string Name, bool IsAdmin);

/// <summary>What the sign-in form sends.</summary>
public sealed class SignInForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }
}
