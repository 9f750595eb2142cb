using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>
/// Watches a text that grows piece by piece for the instructions that the model was given. Words that follow each other as
/// they do there wait until they go on otherwise, so that nothing of them is seen. Not safe for concurrent use.
/// </summary>
internal sealed class PromptLeak
{
    // So many words in a row are no chance; fewer are said by anybody ("the language of the").
    private const int Words = 6;

    // Of scripts without blanks every letter is one here.
    private const int DenseLetters = 12;

    private readonly List<string> _told = [];
    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _sayable;
    private HashSet<string>? _allowed;
    private readonly StringBuilder _held = new();
    private readonly StringBuilder _word = new();
    private readonly List<string> _run = [];
    private List<int> _at = [];

    /// <param name="told">The instructions. Their lines with figures or addresses are facts that a visitor may be told.</param>
    /// <param name="sayable">What an answer may say though it stands in the instructions: question, passages, the name of the knowledge base.</param>
    public PromptLeak(string told, params IReadOnlyList<string> sayable)
    {
        foreach (var range in Sentences.Split(told, null))
        {
            if (IsFact(told[range])) _told.Add("");
            else _told.AddRange(WordsOf(told[range]));
        }

        for (var i = 0; i < _told.Count; i++)
        {
            if (_told[i].Length == 0) continue;
            if (!_places.TryGetValue(_told[i], out var places)) _places[_told[i]] = places = [];
            places.Add(i);
        }

        // Most answers never come near the instructions: what they may say all the same is worked out when one does.
        _sayable = sayable;
    }

    /// <summary>The text is that of the instructions; nothing more is shown.</summary>
    public bool IsLeaking { get; private set; }

    /// <returns>What can be shown by now; may be empty.</returns>
    public string Next(string piece)
    {
        var shown = new StringBuilder();
        foreach (var c in piece)
        {
            if (IsLeaking) return shown.ToString();
            var isDense = IsDense(c);
            if (_word.Length > 0 && (isDense || !char.IsLetterOrDigit(c))) EndWord(shown);
            _held.Append(c);
            if (isDense || char.IsLetterOrDigit(c)) _word.Append(c);
            if (isDense) EndWord(shown);
            else if (_run.Count == 0 && _word.Length == 0) Release(shown);
        }

        return IsLeaking ? "" : shown.ToString();
    }

    /// <returns>What was held back at the end of the text.</returns>
    public string End()
    {
        var shown = new StringBuilder();
        if (_word.Length > 0) EndWord(shown);
        if (IsLeaking) return "";
        Release(shown);
        return shown.ToString();
    }

    private void EndWord(StringBuilder shown)
    {
        var word = Folding.Fold(_word.ToString());
        var length = _word.Length;
        _word.Clear();
        if (word.Length == 0) return;
        List<int> next = [.. _at.Select(place => place + 1).Where(place => place < _told.Count && _told[place] == word)];
        if (next.Count == 0)
        {
            // The run is over: what it held is shown, and the word may begin another.
            _run.Clear();
            Release(shown, keep: length);
            next = _places.GetValueOrDefault(word) ?? [];
            if (next.Count == 0)
            {
                _at = [];
                Release(shown);
                return;
            }
        }

        _at = next;
        _run.Add(word);
        var limit = IsDense(word[0]) ? DenseLetters : Words;
        IsLeaking = _run.Count >= limit && !Allowed().Contains(string.Join(' ', _run.TakeLast(limit)));
        if (IsLeaking) _held.Clear();
    }

    private HashSet<string> Allowed() => _allowed ??= [.. _sayable.SelectMany(text => Shingles([.. WordsOf(text)]))];

    private void Release(StringBuilder shown, int keep = 0)
    {
        shown.Append(_held, 0, _held.Length - keep);
        _held.Remove(0, _held.Length - keep);
    }

    // From the CJK radicals on: Chinese, Japanese, Korean.
    private static bool IsDense(char c) => c >= '\u2E80' && char.IsLetter(c);

    private static IEnumerable<string> Shingles(List<string> words)
    {
        foreach (var length in (int[])[Words, DenseLetters])
            for (var i = 0; i + length <= words.Count; i++) yield return string.Join(' ', words.GetRange(i, length));
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            var isDense = IsDense(c);
            if (word.Length > 0 && (isDense || !char.IsLetterOrDigit(c)))
            {
                yield return Folding.Fold(word.ToString());
                word.Clear();
            }

            if (isDense) yield return Folding.Fold(c.ToString());
            else if (char.IsLetterOrDigit(c)) word.Append(c);
        }

        if (word.Length > 0) yield return Folding.Fold(word.ToString());
    }

    // Figures that are no citations, addresses.
    private static bool IsFact(string sentence)
    {
        for (var i = 0; i < sentence.Length; i++)
            if (sentence[i] == '@' || (char.IsAsciiDigit(sentence[i]) && (i == 0 || sentence[i - 1] != '['))) return true;
        return sentence.Contains("://", StringComparison.Ordinal);
    }
}
