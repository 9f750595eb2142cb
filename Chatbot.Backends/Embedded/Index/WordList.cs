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
