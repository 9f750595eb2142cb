using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chatbot.Web.Languages;
using Xunit;

namespace Chatbot.Tests.Web.Languages;

public sealed partial class TextsTests
{
    private static readonly Texts English = Texts.Find("en")!;

    /// <summary>Keys that the code puts together: state, status, mode, queue, counter and what became of an upload come from the API.</summary>
    private static readonly string[] ComposedPrefixes = ["run.", "status.", "render.", "schedule.", "queue.", "counter.", "outcome.", "reject.", "uploading.", "reason.", "fileType.", "accessStep.", "traces.step.", "miss.", "change.", "kind.", "origin.", "evaluationCause.", "candidate.", "candidateState.", "outcomes.", "rating.", "expected.", "slot.", "intent.", "routedBy.", "refusal.", "handoverState."];

    [Fact]
    public void All_languages_have_the_same_lines()
    {
        foreach (var (code, _) in Texts.Languages)
            Assert.Equal(English.Lines.Keys.Order(), Texts.Find(code)!.Lines.Keys.Order());
    }

    [Fact]
    public void No_line_is_empty_and_slots_are_the_same()
    {
        foreach (var (code, _) in Texts.Languages)
        {
            foreach (var (key, line) in Texts.Find(code)!.Lines)
            {
                Assert.False(string.IsNullOrWhiteSpace(line), $"{code}: {key}");
                Assert.Equal(Slots(English[key]), Slots(line));
            }
        }
    }

    [Fact]
    public void Every_line_is_used()
    {
        var code = string.Join('\n', SourceFiles().Select(File.ReadAllText));

        var unused = English.Lines.Keys.Where(key =>
            !code.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !ComposedPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
            && !(key.StartsWith("chat.", StringComparison.Ordinal) && code.Contains($"exts.{key["chat.".Length..]}", StringComparison.Ordinal)));

        Assert.Empty(unused);
    }

    [Fact]
    public void Every_line_that_is_used_is_there()
    {
        var keys = SourceFiles().SelectMany(file => UsedKey().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        Assert.All(keys, key => Assert.Contains(key, English.Lines));
    }

    [Theory]
    [InlineData("de-CH", "de")]
    [InlineData("ZH_cn", "zh")]
    [InlineData("it", null)]
    [InlineData("", null)]
    public void A_regional_code_finds_its_language(string code, string? expected) => Assert.Equal(expected, Texts.Find(code)?.Code);

    private static string[] Slots(string line) => [.. Slot().Matches(line).Select(match => match.Value).Distinct().Order()];

    private static IEnumerable<string> SourceFiles([CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../Chatbot.Web")), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs" or ".js" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"(?:T|Texts)(?:\[|\.Fill\()""([a-zA-Z.-]+)""")]
    private static partial Regex UsedKey();
}
