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

    public static UnigramTokenizer Load(SafetensorsFile file) => new(CharacterMap.Load(file), PieceTable.Load(file));

    /// <returns>2 to 512 ids: start, pieces, end.</returns>
    public int[] Encode(string prefix, string text)
    {
        var ids = new List<int>(64) { Start };
        var segmenter = new WordSegmenter(pieces);
        var inWord = false;
        // The prefix ends with a blank, with which nothing composes: it can be normalised apart from the text.
        if (ReadWords(new NormalizedReader(map, prefix), segmenter, ids, ref inWord))
            ReadWords(new NormalizedReader(map, text), segmenter, ids, ref inWord);
        if (inWord && ids.Count < MaxIds)
            segmenter.End(ids);

        if (ids.Count >= MaxIds)
            ids.RemoveRange(MaxIds - 1, ids.Count - MaxIds + 1);
        ids.Add(End);
        return [.. ids];
    }

    private static bool ReadWords(NormalizedReader reader, WordSegmenter segmenter, List<int> ids, ref bool inWord)
    {
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
}
