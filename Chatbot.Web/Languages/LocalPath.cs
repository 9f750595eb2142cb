namespace Chatbot.Web.Languages;

/// <summary>Where to go back to, as the browser said it.</summary>
internal static class LocalPath
{
    /// <summary>The path when it is one of this server, else the other: nobody is sent to a stranger's site.</summary>
    public static string Or(string? path, string other) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            ? path
            : other;
}
