using System.Text;
using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

/// <summary>The tokenizer as its definition reads: a dictionary of pieces, a whole word at once, no early end.</summary>
internal static class WholeWordSegmentation
{
    private static Dictionary<string, (int Id, float Score)>? _pieces;
    private static double _unknownScore;

    public static List<int> Encode(SafetensorsFile file, string prefix, string text)
    {
        _pieces ??= Load(file);
        var map = CharacterMap.Load(file);
        var normalized = new StringBuilder();
        foreach (var rune in (prefix + text).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (!map.TryMap((uint)rune.Value, out var replacement))
                normalized.Append(rune.ToString());
            foreach (var codePoint in replacement)
                normalized.Append(new Rune(codePoint).ToString());
        }

        List<int> ids = [0];
        foreach (var word in normalized.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ids.AddRange(Segment(['\u2581'.ToString(), .. word.EnumerateRunes().Select(rune => rune.ToString())]));
        return ids;
    }

    private static List<int> Segment(string[] letters)
    {
        var best = new double[letters.Length + 1];
        var from = new (int Start, int Id)[letters.Length + 1];
        Array.Fill(best, double.NegativeInfinity, 1, letters.Length);
        for (var start = 0; start < letters.Length; start++)
        {
            var single = false;
            for (var end = start + 1; end <= Math.Min(letters.Length, start + 16); end++)
            {
                if (!_pieces!.TryGetValue(string.Concat(letters[start..end]), out var piece))
                    continue;
                single |= end == start + 1;
                if (best[start] + piece.Score > best[end])
                    (best[end], from[end]) = (best[start] + piece.Score, (start, piece.Id));
            }

            if (!single && best[start] + _unknownScore > best[start + 1])
                (best[start + 1], from[start + 1]) = (best[start] + _unknownScore, (start, PieceTable.Unknown));
        }

        var ids = new List<int>();
        for (var end = letters.Length; end > 0; end = from[end].Start)
        {
            if (from[end].Id != PieceTable.Unknown || ids.Count == 0 || ids[^1] != PieceTable.Unknown)
                ids.Add(from[end].Id);
        }

        ids.Reverse();
        return ids;
    }

    private static Dictionary<string, (int Id, float Score)> Load(SafetensorsFile file)
    {
        var scores = file.ReadAll<float>(file.FindVector("tokenizer.piece_scores", "F32"));
        var offsets = file.ReadAll<uint>(file.FindVector("tokenizer.piece_offsets", "U32"));
        var bytes = file.ReadAll<byte>(file.FindVector("tokenizer.piece_bytes", "U8"));
        _unknownScore = (double)scores.Min() - 10;
        var pieces = new Dictionary<string, (int Id, float Score)>(StringComparer.Ordinal);
        for (var id = 4; id < scores.Length - 1; id++)
            pieces[Encoding.UTF8.GetString(bytes, (int)offsets[id], (int)(offsets[id + 1] - offsets[id]))] = (id, scores[id]);
        return pieces;
    }
}
