using System.CommandLine;
using System.Security.Cryptography;
using Chatbot.Backends.Users;
using Spectre.Console;

namespace Chatbot.Server.Users;

/// <summary><c>chatbot createsuperuser</c>: someone who may sign in to the admin area.</summary>
internal static class CreateSuperuserCommand
{
    private const int GeneratedLength = 20;

    private static readonly Option<string> Name = new("--name") { Description = "What to sign in as", DefaultValueFactory = _ => "admin" };
    private static readonly Option<bool> Generate = new("--generate") { Description = "Make a password and print it once" };
    private static readonly Option<bool> IfNone = new("--if-none") { Description = "Do nothing when there is a user already" };

    public static Command Create()
    {
        var command = new Command("createsuperuser", "Create an administrator; the password is asked for, or read from standard input") { Name, Generate, IfNone };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var host = await CommandHost.StartAsync(parsed, _ => { }, cancellationToken);
        var users = host.Get<UserStore>();
        if (parsed.GetValue(IfNone) && await users.CountAsync(cancellationToken) > 0) return 0;

        var name = parsed.GetValue(Name)!.Trim();
        if (name.Length is 0 or > UserStore.LongestName) throw new CommandFailedException($"--name has 1 to {UserStore.LongestName} characters.");
        var generate = parsed.GetValue(Generate);
        var password = generate ? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", GeneratedLength) : await AskAsync(cancellationToken);
        if (password.Length < UserStore.ShortestPassword) throw new CommandFailedException($"A password has at least {UserStore.ShortestPassword} characters.");
        if (await users.CreateAsync(name, password, isAdmin: true, cancellationToken) is null) throw new CommandFailedException($"There is a user '{name}' already.");

        Console.WriteLine(generate ? $"Administrator '{name}' with the password {password} (shown only once)." : $"Administrator '{name}' was created.");
        return 0;
    }

    private static async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected) return (await Console.In.ReadLineAsync(cancellationToken))?.Trim() ?? "";
        var first = await new TextPrompt<string>("Password:").Secret().ShowAsync(AnsiConsole.Console, cancellationToken);
        var second = await new TextPrompt<string>("Again:").Secret().ShowAsync(AnsiConsole.Console, cancellationToken);
        return first == second ? first : throw new CommandFailedException("The two passwords differ.");
    }
}
