namespace Chatbot.Core.TextAnalysis;

/// <summary>The parts of names like CamelCaseName, HTTPServer or PostgreSQL.</summary>
internal static class CamelCase
{
    /// <summary>Two or more parts of at least two letters each; empty when the word has none.</summary>
    public static Range[] Parts(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || !HasInnerCapital(word)) return [];
        var parts = new List<Range>();
        var start = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            if (i < word.Length && !IsBoundary(word, i)) continue;
            if (i - start < 2) return [];
            parts.Add(start..i);
            start = i;
        }

        return parts.Count is > 1 and <= 8 ? [.. parts] : [];
    }

    private static bool HasInnerCapital(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1])) return true;
            if (char.IsUpper(word[i - 1]) && char.IsLower(word[i]) && i > 1) return true;
        }

        return false;
    }

    private static bool IsBoundary(ReadOnlySpan<char> word, int i) =>
        char.IsUpper(word[i])
        && (char.IsLower(word[i - 1]) || (i + 1 < word.Length && char.IsLower(word[i + 1]) && char.IsUpper(word[i - 1])));
}
