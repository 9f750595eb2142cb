using System.Diagnostics;
using Xunit;

namespace Chatbot.Tests.Support;

/// <summary>Small programs that tests make.</summary>
internal static class Script
{
    /// <summary>
    /// Writes a shell script that can be run. Another process writes it: a file that this one has open is open in whatever it
    /// starts beside, too, for a moment, and nobody may run it then ("text file busy").
    /// </summary>
    public static void Write(string path, string text)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "cat > \"$0\" && chmod 700 \"$0\"", path]) { RedirectStandardInput = true })!;
        shell.StandardInput.Write(text.ReplaceLineEndings("\n"));
        shell.StandardInput.Close();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
