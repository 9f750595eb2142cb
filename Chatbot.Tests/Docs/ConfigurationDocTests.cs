using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Chatbot.Server;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Docs;

/// <summary>docs/configuration.md says what the options classes say.</summary>
public sealed partial class ConfigurationDocTests
{
    private static readonly Dictionary<string, string> Sections = BoundSections();

    /// <summary>Each class of options that is validated at start.</summary>
    public static TheoryData<Type> OptionsClasses => [.. Assemblies()
        .SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetInterfaces())
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
        .Select(type => type.GetGenericArguments()[0])
        .Distinct()];

    [Theory]
    [MemberData(nameof(OptionsClasses))]
    public void Every_setting_has_its_line_with_the_default_that_counts(Type options)
    {
        Assert.True(Sections.TryGetValue(options.Name, out var section), $"No line of code binds {options.Name} to a section.");
        var rows = Rows().Matches(Repository.Read("docs/configuration.md"))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["rest"].Value);

        var wrong = Settings(section, Activator.CreateInstance(options)!)
            .Where(setting => !rows.TryGetValue(setting.Name, out var rest) || (setting.Default is { } text && !rest.Contains($"`{text}`", StringComparison.Ordinal)))
            .Select(setting => $"{setting.Name} (default {setting.Default ?? "none"})")
            .ToList();

        Assert.True(wrong.Count == 0, $"docs/configuration.md lacks these, or has other defaults: {string.Join(", ", wrong)}");
    }

    private static IEnumerable<(string Name, string? Default)> Settings(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var (name, value) = ($"{section}:{property.Name}", property.GetValue(options));
            if (value?.GetType() is { IsClass: true } type && type != typeof(string) && type != typeof(Uri))
            {
                foreach (var nested in Settings(name, value)) yield return nested;
            }
            else
            {
                yield return (name, Written(value));
            }
        }
    }

    private static string? Written(object? value) => value switch
    {
        null or "" => null,
        bool flag => flag ? "true" : "false",
        // "00:00:00.5000000" is written as 00:00:00.500.
        TimeSpan time => time.Milliseconds == 0 ? time.ToString("c", CultureInfo.InvariantCulture) : time.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static Dictionary<string, Assembly>.ValueCollection Assemblies()
    {
        var seen = new Dictionary<string, Assembly>();
        void Add(Assembly assembly)
        {
            if (!seen.TryAdd(assembly.FullName!, assembly)) return;
            foreach (var name in assembly.GetReferencedAssemblies().Where(n => n.Name!.StartsWith("Chatbot.", StringComparison.Ordinal))) Add(Assembly.Load(name));
        }

        Add(typeof(CommandLine).Assembly);
        return seen.Values;
    }

    // Which section a class is bound to is known to the code alone.
    private static Dictionary<string, string> BoundSections() => Directory.EnumerateDirectories(Repository.Root, "Chatbot.*")
        .Where(project => !project.EndsWith(".Tests", StringComparison.Ordinal))
        .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText)
        .SelectMany(code => Bindings().Matches(code).Concat(NamedBindings().Matches(code)))
        .ToDictionary(
            match => match.Groups["class"].Value,
            match => match.Groups["section"] is { Success: true, Value: var section } ? section : SectionOf(match.Groups["class"].Value));

    private static string SectionOf(string options) => (string)Assemblies()
        .SelectMany(assembly => assembly.GetTypes())
        .Single(type => type.Name == options)
        .GetField("Section")!.GetRawConstantValue()!;

    [GeneratedRegex("""AddOptionsWithValidateOnStart<(?<class>\w+)[^;]*?BindConfiguration\((?:"(?<section>[^"]+)"|\w+\.Section)\)""")]
    private static partial Regex Bindings();

    // Options of many names are bound by hand: new ConfigureNamedOptions<X>(…GetSection("Y").Bind(…
    [GeneratedRegex("""ConfigureNamedOptions<(?<class>\w+)>[^;]*?GetSection\("(?<section>[^"]+)"\)\.Bind\(""")]
    private static partial Regex NamedBindings();

    [GeneratedRegex(@"^\| `(?<name>\w+(?::\w+)+)` \|(?<rest>.*)$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
