using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Chatbot.Tests.Docs;

/// <summary>docs/command-line.md says what the commands say.</summary>
public sealed partial class CommandLineDocTests
{
    [Fact]
    public void Every_command_and_option_is_described()
    {
        var text = Repository.Read("docs/command-line.md");
        var chapters = Chapters().Matches(text).ToDictionary(chapter => chapter.Groups[1].Value, chapter => chapter.Value);

        var missing = Commands()
            .SelectMany(command => Find(command, chapters) is { } chapter
                ? command.Options.Where(option => !Mentions(chapter, option.Name)).Select(option => $"{command.Name} {option.Name}")
                : [command.Name])
            .ToList();

        Assert.True(missing.Count == 0, $"docs/command-line.md lacks: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Every_command_is_in_the_README()
    {
        var readme = Repository.Read("README.md");

        var missing = Commands().Where(command => command.Subcommands.Count == 0).Select(command => command.Name)
            .Where(name => !Regex.IsMatch(readme, $@"`chatbot (\w+ )?{name}\b"));

        Assert.Empty(missing);
    }

    private static List<Command> Commands()
    {
        var commands = typeof(Chatbot.Server.CommandLine).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Command", StringComparison.Ordinal))
            .Select(type => type.GetMethod("Create", BindingFlags.Public | BindingFlags.Static))
            .OfType<MethodInfo>()
            .Select(method => (Command)method.Invoke(null, null)!)
            .ToList();
        Assert.NotEmpty(commands);
        return commands;
    }

    // "retrieval" is described under "eval retrieval", "eval" with its subcommands.
    private static string? Find(Command command, Dictionary<string, string> chapters) =>
        chapters.FirstOrDefault(chapter => chapter.Key.Split(' ').Contains(command.Name)).Value;

    private static bool Mentions(string chapter, string option) => Regex.IsMatch(chapter, $@"`{Regex.Escape(option)}[`\s]");

    [GeneratedRegex(@"^## (.+)\n(?:(?!^## ).*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Chapters();
}
