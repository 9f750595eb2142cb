using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Words beside the terms of a segment, for looking up what a question nearly says. They stand among the terms under a
/// leading byte that no term has, sorted with them, and have a frequency but no postings: deleting a document leaves its
/// words here, so whoever finds one asks whether its terms are still in the index.
/// </summary>
internal static class WordList
{
    /// <summary>Before a word as texts have it: folded, then, if it is different, <see cref="Separator"/> and its lower case with accents.</summary>
    public const byte Surface = 0x01;

    /// <summary>Before a stem of a language that writes compounds in one word, its characters from last to first.</summary>
    public const byte Reversed = 0x02;

    public const byte Separator = 0x00;

    /// <summary>Shorter words are neither corrected nor heads of compounds worth a look.</summary>
    public const int Shortest = 4;

    /// <summary>Longer ones are hardly typed by hand.</summary>
    public const int Longest = 40;

    public static bool Holds(ReadOnlySpan<byte> term) => term.Length > 0 && term[0] is Surface or Reversed;

    /// <summary>The entry of a word as it is written; null when it is none. Made for every word of every text: most are plain letters and need one string.</summary>
    public static string? SurfaceOf(string written)
    {
        if (Ascii.IsValid(written))
        {
            return IsWord(written) ? string.Create(written.Length + 1, written, static (target, source) => (target[0], _) = ((char)Surface, source.AsSpan().ToLowerInvariant(target[1..]))) : null;
        }

        var lower = Folding.Lower(written);
        var folded = Folding.Fold(written);
        return IsWord(folded) ? SurfaceOf(folded, lower) : null;
    }

    /// <summary>Letters, and not too few or too many.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.Length is < 3 or > Longest) return false;
        foreach (var character in text)
        {
            if (!char.IsLetter(character)) return false;
        }

        return true;
    }

    /// <param name="folded">Without accents: what is compared.</param>
    /// <param name="lower">With them: what is shown.</param>
    public static string SurfaceOf(string folded, string lower) =>
        folded == lower ? $"{(char)Surface}{folded}" : $"{(char)Surface}{folded}{(char)Separator}{lower}";

    public static string ReversedOf(string stem) => $"{(char)Reversed}{Reverse(stem)}";

    public static string Reverse(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }
}
