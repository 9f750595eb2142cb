namespace Chatbot.Core.TextAnalysis;

internal enum Script
{
    None,
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Thai,
    Devanagari,
    Han,
    Hangul,
}

/// <summary>How much of a text is written in which script.</summary>
internal readonly record struct ScriptCounts(Script Dominant, int Han, int Kana)
{
    // A Han character or a Hangul syllable says as much as about three letters: a Chinese question with an English
    // product name in it is Chinese.
    private const int DenseWeight = 3;

    public static ScriptCounts Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[(int)Script.Hangul + 1];
        counts.Clear();
        var kana = 0;
        var han = 0;
        foreach (var c in text)
        {
            if (c is >= '\u3041' and <= '\u30FF') kana++;
            else if (c is >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF') han++;
            counts[(int)Of(c)] += c >= '\u1100' && Of(c) >= Script.Han ? DenseWeight : 1;
        }

        var dominant = Script.None;
        for (var script = Script.Latin; script <= Script.Hangul; script++)
        {
            if (counts[(int)script] > 0 && (dominant == Script.None || counts[(int)script] > counts[(int)dominant]))
                dominant = script;
        }

        return new ScriptCounts(dominant, han, kana);
    }

    private static Script Of(char c) => c switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' => Script.Latin,
        < '\u00C0' => Script.None,
        < '\u0250' or >= '\u1E00' and <= '\u1EFF' or >= '\uFF21' and <= '\uFF5A' => Script.Latin,
        >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => Script.Greek,
        >= '\u0400' and <= '\u052F' => Script.Cyrillic,
        >= '\u0590' and <= '\u05FF' => Script.Hebrew,
        >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' => Script.Arabic,
        >= '\u0900' and <= '\u097F' => Script.Devanagari,
        >= '\u0E01' and <= '\u0E5B' => Script.Thai,
        >= '\uAC00' and <= '\uD7A3' or >= '\u1100' and <= '\u11FF' or >= '\u3131' and <= '\u318E' => Script.Hangul,
        >= '\u3041' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' => Script.Han,
        _ => Script.None,
    };
}
