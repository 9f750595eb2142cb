using System.Globalization;
using System.Text;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Characters as fonts draw them, turned into characters as people type and search them.</summary>
internal static class Glyphs
{
    public const char SoftHyphen = '\u00AD';

    /// <summary>
    /// Ligatures spelled out, kinds of blanks made one, symbols of the usual bullet fonts made bullets, characters without
    /// meaning dropped. A soft hyphen stays at the end, where it divides a word.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Ligature(c) is { } letters) clean.Append(letters);
            else if (c == SoftHyphen) clean.Append(i == text.TrimEnd().Length - 1 ? "-" : "");
            else if (IsBlank(c)) AppendBlank(clean);
            else if (char.IsSurrogate(c)) clean.Append(c);
            else if (IsRadical(c)) clean.Append(Radical(c));
            else if (Bullet(c) is { } bullet) clean.Append(bullet);
            else if (c != '\uFFFD' && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned)) clean.Append(c);
        }

        var result = WellFormed(clean.ToString()).Trim();
        return result.IsNormalized() ? result : result.Normalize();
    }

    /// <summary>Written without blanks between words.</summary>
    public static bool IsDense(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF'
        or >= '\uF900' and <= '\uFAFF' or >= '\u3000' and <= '\u303F' or >= '\uFF01' and <= '\uFF5E' or >= '\u0E00' and <= '\u0E7F';

    private static bool IsClean(string text)
    {
        var blank = true;
        foreach (var c in text)
        {
            if (c == ' ')
            {
                if (blank) return false;
                blank = true;
                continue;
            }

            if (c is < '!' or (> '~' and < '\u00A1') or SoftHyphen or (> '\u024F' and not (>= '\u4E00' and <= '\u9FFF')) || char.IsSurrogate(c)) return false;
            blank = false;
        }

        return !blank;
    }

    // Some programs write a character that is a radical, too, by the radical's number. It looks the same and is found by nobody.
    private static bool IsRadical(char c) => c is >= '\u2E80' and <= '\u2FDF';

    private static string Radical(char c) => c switch
    {
        '\u2EA0' => "民", '\u2EC1' => "虎", '\u2EC4' => "西", '\u2EC5' => "见", '\u2EC6' => "角", '\u2EC9' => "贝", '\u2ECB' => "车", '\u2ED3' => "长",
        '\u2ED4' => "门", '\u2ED8' => "青", '\u2ED9' => "韦", '\u2EDA' => "页", '\u2EDB' => "风", '\u2EDC' => "飞", '\u2EDD' => "食", '\u2EE2' => "马",
        '\u2EE3' => "骨", '\u2EE4' => "鬼", '\u2EE5' => "鱼", '\u2EE6' => "鸟", '\u2EE8' => "麦", '\u2EE9' => "黄", '\u2EEC' => "齐", '\u2EEE' => "齿",
        '\u2EF0' => "龙", '\u2EF3' => "龟",
        _ => c.ToString().Normalize(NormalizationForm.FormKC),
    };

    private static string? Ligature(char c) => c switch
    {
        '\uFB00' => "ff",
        '\uFB01' => "fi",
        '\uFB02' => "fl",
        '\uFB03' => "ffi",
        '\uFB04' => "ffl",
        '\uFB05' or '\uFB06' => "st",
        _ => null,
    };

    // Where Symbol and Wingdings keep their bullets, ticks and arrows; everybody's word processor uses these.
    private static string? Bullet(char c) => c switch
    {
        '\uF0B7' or '\uF0A7' or '\uF0A8' or '\uF06C' or '\uF06E' or '\uF071' or '\uF076' or '\uF0D8' or '\uF0FC' or '\uF0E0' or '\uF02D' => "•",
        '\u25CF' or '\u25AA' or '\u25A0' or '\u2023' or '\u2043' => "•",
        _ => null,
    };

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' || char.IsWhiteSpace(c);

    private static void AppendBlank(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
    }

    // Half a surrogate pair is not text and cannot be normalised.
    private static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var good = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar) good.Append(rune);

        return good.ToString();
    }
}
