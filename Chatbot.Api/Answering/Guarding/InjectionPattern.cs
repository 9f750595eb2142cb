using System.Buffers;
using System.Text.RegularExpressions;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>A pattern with what a text must hold for it to match: looking for that is many times cheaper. Safe for concurrent use.</summary>
/// <param name="pattern">For folded text.</param>
/// <param name="needs">Of each list one; without lists any text may match. What the pattern cannot match without, in its own spelling; whole words begin with "=".</param>
internal sealed class InjectionPattern(Regex pattern, InjectionKind kind, params string[][] needs)
{
    private readonly Need[] _needs = [.. needs.Select(some => new Need(some))];

    public InjectionKind Kind => kind;

    /// <summary>It matches text in Chinese only.</summary>
    public bool IsDense { get; init; }

    /// <param name="plain">Folded.</param>
    /// <param name="isDense">There is Chinese in it.</param>
    public Match Match(string plain, bool isDense) => MayMatch(plain, isDense) ? pattern.Match(plain) : System.Text.RegularExpressions.Match.Empty;

    private bool MayMatch(string plain, bool isDense)
    {
        if (IsDense) return isDense;
        foreach (var need in _needs)
            if (!need.IsIn(plain)) return false;
        return true;
    }

    private sealed class Need(string[] some)
    {
        private readonly SearchValues<string> _parts = SearchValues.Create([.. some.Where(part => part[0] != '=')], StringComparison.Ordinal);
        private readonly string[] _words = [.. some.Where(word => word[0] == '=').Select(word => word[1..])];

        public bool IsIn(ReadOnlySpan<char> text)
        {
            if (text.ContainsAny(_parts)) return true;
            foreach (var word in _words)
                if (HasWord(text, word)) return true;
            return false;
        }

        private static bool HasWord(ReadOnlySpan<char> text, string word)
        {
            for (var start = 0; text[start..].IndexOf(word, StringComparison.Ordinal) is var found and >= 0; start += found + 1)
            {
                var (before, after) = (start + found - 1, start + found + word.Length);
                if ((before < 0 || !IsOfWord(text[before])) && (after == text.Length || !IsOfWord(text[after]))) return true;
            }

            return false;
        }

        // Letters and digits of Latin, after which the patterns' words cannot go on.
        private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
    }
}
