using System.Text.RegularExpressions;

namespace Chatbot.Api.Prompts;

/// <summary>
/// The text of a template in its two parts: what the model is told, and what it is asked. What visitors and pages write
/// belongs to the second, where models take it for less than an order. Pure.
/// </summary>
internal sealed partial record PromptText(string Told, string Asked)
{
    /// <summary>Characters of a template at most: what is longer leaves small models no room for the passages.</summary>
    public const int Longest = 20_000;

    /// <summary>What a model answers when the passages hold no answer.</summary>
    public const string NoAnswer = "NO_ANSWER";

    /// <summary>What can be filled in, and in which part it may stand.</summary>
    public static readonly IReadOnlyList<PromptSlot> Slots =
    [
        new("question", IsNeeded: true, IsWrittenByOthers: true),
        new("context", IsNeeded: true, IsWrittenByOthers: true),
        new("chat_history", IsNeeded: false, IsWrittenByOthers: true),
        new("system_role_prompt", IsNeeded: false, IsWrittenByOthers: false),
        new("role_bot", IsNeeded: false, IsWrittenByOthers: false),
        new("language", IsNeeded: false, IsWrittenByOthers: false),
        new("knowledge_base", IsNeeded: false, IsWrittenByOthers: false),
        new("contact", IsNeeded: false, IsWrittenByOthers: false),
        new("date", IsNeeded: false, IsWrittenByOthers: false),
        new("no_answer", IsNeeded: false, IsWrittenByOthers: false),
    ];

    /// <returns>The two parts; null when the line between them is missing.</returns>
    public static PromptText? Parse(string text) =>
        Line.Split(text.ReplaceLineEndings("\n"), 2) is [var told, var asked] ? new(told.Trim(), asked.Trim()) : null;

    /// <returns>What is wrong with it, for people; empty when it can be used.</returns>
    public static IReadOnlyList<string> Check(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return ["The template is empty."];
        if (text.Length > Longest) return [FormattableString.Invariant($"A template has at most {Longest:#,0} characters; this one has {text.Length:#,0}.")];
        var problems = new List<string>();
        foreach (var unknown in SlotsOf(text).Where(name => Slots.All(slot => slot.Name != name)))
            problems.Add($"There is no slot {{{unknown}}}. There are {string.Join(", ", Slots.Select(slot => $"{{{slot.Name}}}"))}.");
        foreach (var missing in Slots.Where(slot => slot.IsNeeded && !SlotsOf(text).Contains(slot.Name)))
            problems.Add($"The slot {{{missing.Name}}} is missing.");
        if (Parse(text) is not { } parts)
        {
            problems.Add("The line --- is missing: what the model is told stands above it, what it is asked below.");
            return problems;
        }

        foreach (var misplaced in Slots.Where(slot => slot.IsWrittenByOthers && SlotsOf(parts.Told).Contains(slot.Name)))
            problems.Add($"The slot {{{misplaced.Name}}} belongs below the line ---: models obey what stands above it, and this is written by visitors or pages.");
        return problems;
    }

    /// <returns>What may not be meant so, for people.</returns>
    public static IReadOnlyList<string> Warn(string text)
    {
        var warnings = new List<string>();
        if (!text.Contains("{no_answer}", StringComparison.Ordinal) && !text.Contains(NoAnswer, StringComparison.Ordinal))
            warnings.Add("It does not tell the model to reply {no_answer} when the passages hold no answer: the model will say so in words of its own, and it will not count as a refusal.");
        if (!text.Contains("[1]", StringComparison.Ordinal))
            warnings.Add("It does not tell the model to cite passages like [1]: answers may come without sources.");
        return warnings;
    }

    /// <summary>Fills the slots in one pass: what is filled in is never read for slots again.</summary>
    public static string Fill(string part, IReadOnlyDictionary<string, string> slots) =>
        SlotPattern.Replace(part, match => slots.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private static HashSet<string> SlotsOf(string text) => [.. SlotPattern.Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex SlotPattern { get; }

    [GeneratedRegex(@"^---[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Line { get; }
}

/// <param name="IsNeeded">A template without it is of no use.</param>
/// <param name="IsWrittenByOthers">By visitors or pages: it belongs to what the model is asked, never to what it is told.</param>
internal sealed record PromptSlot(string Name, bool IsNeeded, bool IsWrittenByOthers);
