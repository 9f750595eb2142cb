using System.Globalization;

namespace Chatbot.Core.TextAnalysis;

/// <summary>What a UTF-16 code unit means to word segmentation.</summary>
internal enum CharClass : byte
{
    Separator,
    Letter,
    Digit,

    /// <summary>Scripts written without blanks, and Hangul, whose words carry particles: cut into bigrams.</summary>
    Dense,

    /// <summary>Joins letters and digits when they stand on both sides.</summary>
    Connector,

    /// <summary>Soft hyphen, zero-width characters, Arabic lengthening: part of a word, dropped from its term.</summary>
    Ignorable,
    Surrogate,
}

/// <summary>The class of each UTF-16 code unit, one table look-up a character.</summary>
internal static class CharClasses
{
    private static readonly CharClass[] Table = Build();

    public static CharClass Of(char c) => Table[c];

    /// <summary>Class and length in code units of the character at <paramref name="index"/>.</summary>
    public static CharClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        length = 1;
        var found = Table[text[index]];
        if (found != CharClass.Surrogate) return found;
        if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return CharClass.Separator;
        length = 2;
        var codePoint = char.ConvertToUtf32(text[index], text[index + 1]);
        // The supplementary and tertiary ideographic planes.
        if (codePoint is >= 0x20000 and < 0x40000) return CharClass.Dense;
        return FromCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint));
    }

    private static CharClass[] Build()
    {
        var table = new CharClass[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var c = (char)i;
            table[i] = IsDense(c) ? CharClass.Dense : FromCategory(char.GetUnicodeCategory(c));
        }

        foreach (var c in "_-.,/\\:@&+#'’ʼ＇\u2010\u2011") table[c] = CharClass.Connector;
        foreach (var c in "\u00AD\u0640\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF\uFE0F") table[c] = CharClass.Ignorable;
        // Superscripts and subscripts are digits that NFKC makes plain: km², H₂O.
        foreach (var c in "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉") table[c] = CharClass.Digit;
        for (var c = '\uD800'; c <= '\uDFFF'; c++) table[c] = CharClass.Surrogate;
        return table;
    }

    private static CharClass FromCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => CharClass.Letter,
        UnicodeCategory.DecimalDigitNumber => CharClass.Digit,
        _ => CharClass.Separator,
    };

    private static bool IsDense(char c) => c switch
    {
        >= '\u0E01' and <= '\u0E4E' => c != '\u0E3F',                        // Thai without the baht sign and digits
        >= '\u0E81' and <= '\u0ECE' => true,                                 // Lao
        >= '\u1000' and <= '\u103F' or >= '\u1780' and <= '\u17D3' => true,  // Burmese, Khmer
        >= '\u1100' and <= '\u11FF' => true,                                 // Hangul, single sounds
        '\u3005' or '\u3006' or '\u3007' => true,                            // ideographic repetition, closing, zero
        >= '\u3041' and <= '\u3096' or >= '\u309D' and <= '\u309F' => true,  // Hiragana
        >= '\u30A1' and <= '\u30FA' or >= '\u30FC' and <= '\u30FF' => true,  // Katakana with its long mark
        >= '\u3131' and <= '\u318E' or >= '\u31F0' and <= '\u31FF' => true,
        >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' => true,  // Han
        >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF' => true,  // Hangul syllables, Han for compatibility
        >= '\uFF66' and <= '\uFF9D' => true,                                 // half-width Katakana
        _ => false,
    };
}
