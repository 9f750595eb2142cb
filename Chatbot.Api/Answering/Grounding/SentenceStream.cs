using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>
/// Cuts a text that grows piece by piece into sentences; the citations behind a full stop belong to its sentence. What a
/// sentence ends with is known when the next one begins. Not safe for concurrent use.
/// </summary>
internal sealed partial class SentenceStream(string? language)
{
    private readonly StringBuilder _open = new();
    private int _shown;
    private bool _inCode;

    public void Add(string piece) => _open.Append(piece);

    /// <summary>The next sentence that has come to its end.</summary>
    /// <param name="isEnd">The text is over: what is left is a sentence.</param>
    /// <param name="unshown">What of it <see cref="TakeOpen"/> has not given out yet, blanks before it included.</param>
    /// <returns>The sentence, or "" for what is none (lines of code); null when there is none yet.</returns>
    public string? TakeComplete(bool isEnd, out string unshown)
    {
        unshown = "";
        var text = _open.ToString();
        var ranges = Sentences.Split(text, language);
        if (ranges.Count == 0) return null;
        var end = ranges[0].End.Value;
        // "It costs 60 euros. [1] Bring a photo.": the number goes with what stands before it.
        if (Citations.Match(text, end) is { Success: true } cited && cited.Index == end) end = cited.Index + cited.Length;
        var rest = text.AsSpan(end).TrimStart();
        if (!isEnd && (rest.IsEmpty || (rest[0] == '[' && (rest.Length == 1 || char.IsAsciiDigit(rest[1]))))) return null;

        var sentence = text[ranges[0].Start.Value..end];
        unshown = text[Math.Min(_shown, end)..end];
        _open.Remove(0, end);
        _shown = Math.Max(0, _shown - end);
        var isFence = sentence.StartsWith("```", StringComparison.Ordinal);
        var isCode = _inCode || isFence;
        if (isFence) _inCode = !_inCode;
        return isCode ? "" : sentence;
    }

    /// <summary>What of the sentence that is not at its end can be shown: all but the blanks at its end, before which a mark may come.</summary>
    public string TakeOpen()
    {
        var end = _open.Length;
        while (end > _shown && char.IsWhiteSpace(_open[end - 1])) end--;
        // Blanks before the sentence are its own when it has begun.
        if (end <= _shown) return "";
        var shown = _open.ToString(_shown, end - _shown);
        _shown = end;
        return shown;
    }

    [GeneratedRegex(@"\G(?:\s?\[\d{1,3}\])+")]
    private static partial Regex Citations { get; }
}
