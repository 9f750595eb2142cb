using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Chatbot.Tests.Support;

/// <summary>
/// The product's command line as a process of its own, as its users run it, with nothing of this machine's settings. Killed
/// when it is disposed of.
/// </summary>
internal sealed class ChatbotProcess : IAsyncDisposable
{
    private static readonly string[] s_settings = ["CHATBOT", "OPENAI", "CHAT_", "ASPNETCORE", "HTTP_PORTS", "OTEL", "DOTNET_ENVIRONMENT"];

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task error;
    private readonly StringBuilder said = new();

    private ChatbotProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        error = ListenAsync(process.StandardError);
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts a command on a data directory.</summary>
    public static ChatbotProcess Start(string dataDirectory, params string[] arguments) => Start(dataDirectory, [], arguments);

    private static ChatbotProcess Start(string dataDirectory, Dictionary<string, string> settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Chatbot.Server.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => s_settings.Any(key.StartsWith)).ToList())
            start.Environment.Remove(name);
        start.Environment["CHATBOT_DATA"] = dataDirectory;
        // Pauses that are for servers of other people.
        start.Environment["Crawler__RetryDelay"] = "00:00:00.020";
        start.Environment["Crawler__HostPatience"] = "00:00:01";
        start.Environment["Crawler__PollInterval"] = "00:00:00.050";
        // Vectors are tested elsewhere; here they would only take the processor from the tests beside.
        start.Environment["Ingestion__Embed"] = "false";
        foreach (var (name, value) in Unhurried.Settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new ChatbotProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(string dataDirectory, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(dataDirectory, arguments, "", cancellationToken);

    /// <param name="settings">Environment variables: settings of the product.</param>
    public static async Task<CommandResult> RunAsync(string dataDirectory, IEnumerable<string> arguments, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var command = Start(dataDirectory, settings, [.. arguments]);
        command.process.StandardInput.Close();
        return await command.WaitAsync(cancellationToken);
    }

    /// <param name="input">Its standard input.</param>
    public static async Task<CommandResult> RunAsync(string dataDirectory, IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        await using var command = Start(dataDirectory, [.. arguments]);
        try
        {
            await command.process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            command.process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }

        return await command.WaitAsync(cancellationToken);
    }

    public async Task<CommandResult> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        await error;
        return new CommandResult(process.ExitCode, await output, said.ToString());
    }

    /// <summary>Whether it has written this to its standard error by now.</summary>
    public bool HasSaid(string text)
    {
        lock (said) return said.ToString().Contains(text, StringComparison.Ordinal);
    }

    private async Task ListenAsync(StreamReader from)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            lock (said) said.Append(buffer, 0, read);
        }
    }

    /// <summary>Ends it as a power cut would: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, as service managers do: <c>kill -TERM</c>.</summary>
    public async Task<CommandResult> TerminateAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]);
        await kill.WaitForExitAsync(cancellationToken);
        return await WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }
}
