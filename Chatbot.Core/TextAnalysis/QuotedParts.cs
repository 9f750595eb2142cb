namespace Chatbot.Core.TextAnalysis;

/// <summary>Finds what stands in quotation marks.</summary>
internal static class QuotedParts
{
    private const int LongestQuotation = 300;

    // What may close a quotation that a mark opens; “ opens in English and closes in German.
    private static readonly Dictionary<char, string> Closing = new()
    {
        ['"'] = "\"", ['“'] = "”“\"", ['„'] = "“”\"", ['«'] = "»", ['»'] = "«", ['「'] = "」", ['『'] = "』",
        ['＂'] = "＂", ['《'] = "》", ['‹'] = "›",
    };

    /// <summary>The quoted stretches, in order, without their marks.</summary>
    public static List<Range> Find(ReadOnlySpan<char> text, int most)
    {
        var found = new List<Range>();
        for (var i = 0; i < text.Length && found.Count < most; i++)
        {
            if (!Closing.TryGetValue(text[i], out var closing)) continue;
            // An inch mark after a number opens nothing.
            if (text[i] == '"' && i > 0 && char.IsLetterOrDigit(text[i - 1])) continue;
            var rest = text[(i + 1)..Math.Min(text.Length, i + 1 + LongestQuotation)];
            var length = rest.IndexOfAny(closing);
            if (length < 1) continue;
            found.Add((i + 1)..(i + 1 + length));
            i += length + 1;
        }

        return found;
    }
}
