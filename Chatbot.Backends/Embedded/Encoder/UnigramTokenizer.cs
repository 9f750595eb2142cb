using System.Collections.Concurrent;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// Turns text into the ids of word pieces, as XLM-RoBERTa's SentencePiece model does: NFC, replacement of characters,
/// words at blanks, each with ▁ in front, best segmentation by unigram scores. Reads only as much of a text as its
/// first 510 pieces need. Safe for concurrent use.
/// </summary>
internal sealed class UnigramTokenizer(CharacterMap map, PieceTable pieces)
{
    /// <summary>Ids of a text at most, with start and end.</summary>
    public const int MaxIds = 512;

    private const int Start = 0;
    private const int End = 2;
    private const uint Blank = ' ';
    private const uint WordSign = 0x2581;

    // As many as threads have been here at once.
    private readonly ConcurrentBag<Workspace> _idle = [];

    public static UnigramTokenizer Load(SafetensorsFile file) => new(CharacterMap.Load(file), PieceTable.Load(file));

    /// <returns>2 to 512 ids: start, pieces, end.</returns>
    public int[] Encode(string prefix, string text)
    {
        if (!_idle.TryTake(out var work))
            work = new Workspace(new NormalizedReader(map), new WordSegmenter(pieces), []);
        var ids = work.Ids;
        ids.Clear();
        ids.Add(Start);
        var inWord = false;
        // The prefix ends with a blank, with which nothing composes: it can be normalised apart from the text.
        if (ReadWords(work, prefix, ref inWord))
            ReadWords(work, text, ref inWord);
        if (inWord && ids.Count < MaxIds)
            work.Segmenter.End(ids);

        if (ids.Count >= MaxIds)
            ids.RemoveRange(MaxIds - 1, ids.Count - MaxIds + 1);
        ids.Add(End);
        int[] result = [.. ids];
        _idle.Add(work);
        return result;
    }

    private static bool ReadWords(Workspace work, string text, ref bool inWord)
    {
        var (reader, segmenter, ids) = work;
        reader.Begin(text);
        while (ids.Count < MaxIds)
        {
            if (!reader.TryRead(out var codePoint))
                return true;
            if (codePoint != Blank)
            {
                if (!inWord)
                {
                    segmenter.Begin();
                    segmenter.Add(WordSign, ids);
                    inWord = true;
                }

                segmenter.Add(codePoint, ids);
            }
            else if (inWord)
            {
                segmenter.End(ids);
                inWord = false;
            }
        }

        return false;
    }

    private sealed record Workspace(NormalizedReader Reader, WordSegmenter Segmenter, List<int> Ids);
}
