using System.Globalization;
using System.Text;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Makes different spellings of a word equal: compatibility forms (NFKC), case, accents. Latin and Greek lose their
/// marks, <c>ß</c> becomes <c>ss</c>, <c>œ</c> <c>oe</c>, <c>æ</c> <c>ae</c>; marks that make another letter in other
/// scripts (Cyrillic <c>й</c>, Devanagari vowels) stay. Never throws; lone surrogates become U+FFFD.
/// </summary>
public static class Folding
{
    /// <summary>Lower case, compatibility forms resolved, accents gone.</summary>
    public static string Fold(ReadOnlySpan<char> text) => FoldAccents(Lower(text));

    /// <summary>Lower case and compatibility forms resolved, accents kept: what stemmers expect.</summary>
    public static string Lower(ReadOnlySpan<char> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return string.Create(text.Length, text, static (target, source) => source.ToLowerInvariant(target));
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && CharClasses.Of((char)rune.Value) == CharClass.Ignorable) continue;
            clean.Append(rune.ToString());
        }

        return clean.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    internal static string FoldAccents(string lower)
    {
        if (System.Text.Ascii.IsValid(lower)) return lower;
        var folded = new StringBuilder(lower.Length + 4);
        foreach (var c in lower) Append(folded, c);
        return folded.ToString();
    }

    private static void Append(StringBuilder target, char c)
    {
        switch (c)
        {
            case < '\u0080': target.Append(c); break;
            case 'ß' or 'ẞ': target.Append("ss"); break;
            case 'œ': target.Append("oe"); break;
            case 'æ': target.Append("ae"); break;
            case 'ø': target.Append('o'); break;
            case 'đ' or 'ð': target.Append('d'); break;
            case 'ł': target.Append('l'); break;
            case 'ı': target.Append('i'); break;
            case 'þ': target.Append("th"); break;
            case 'ς': target.Append('σ'); break;
            case 'ё': target.Append('е'); break;
            case 'أ' or 'إ' or 'آ': target.Append('ا'); break;
            case 'ى': target.Append('ي'); break;
            case '’' or 'ʼ': target.Append('\''); break;
            case '\u2010' or '\u2011': target.Append('-'); break;
            case >= '\u0300' and <= '\u036F' or >= '\u064B' and <= '\u065F': break;
            case < '\u0250' or >= '\u0370' and < '\u0400' or >= '\u1E00' and < '\u2000': AppendBase(target, c); break;
            default: AppendOther(target, c); break;
        }
    }

    private static void AppendBase(StringBuilder target, char c)
    {
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
        {
            if (part is < '\u0300' or > '\u036F') target.Append(char.ToLowerInvariant(part));
        }
    }

    private static void AppendOther(StringBuilder target, char c)
    {
        if (char.GetUnicodeCategory(c) == UnicodeCategory.DecimalDigitNumber)
            target.Append((char)('0' + (int)char.GetNumericValue(c)));
        else
            target.Append(c);
    }
}
