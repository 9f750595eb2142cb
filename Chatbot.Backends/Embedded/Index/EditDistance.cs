namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Counts the typing errors between a word and others that share beginnings: letters missing, added, wrong, or two
/// neighbours swapped (optimal string alignment, the restricted Damerau-Levenshtein distance). What was counted for a
/// beginning is kept for the next word with it. Not safe for concurrent use.
/// </summary>
internal sealed class EditDistance(string word, int longest)
{
    private readonly int _width = word.Length + 1;
    private readonly byte[] _rows = FirstRow(word.Length, longest);
    private readonly byte[] _least = new byte[longest + 1];

    /// <summary>Counts the <paramref name="at"/>th letter of a word; those before it have been.</summary>
    public void Add(ReadOnlySpan<char> other, int at)
    {
        var before = _rows.AsSpan(at * _width, _width);
        var row = _rows.AsSpan((at + 1) * _width, _width);
        var letter = other[at];
        var least = row[0] = (byte)(at + 1);
        for (var i = 1; i < row.Length; i++)
        {
            var count = Math.Min(Math.Min(before[i], row[i - 1]) + 1, before[i - 1] + (word[i - 1] == letter ? 0 : 1));
            if (at > 0 && i > 1 && word[i - 2] == letter && word[i - 1] == other[at - 1])
            {
                count = Math.Min(count, _rows[((at - 1) * _width) + i - 2] + 1);
            }

            row[i] = (byte)count;
            if (count < least) least = (byte)count;
        }

        _least[at + 1] = least;
    }

    /// <summary>The errors of a word of this many letters.</summary>
    public int At(int letters) => _rows[(letters * _width) + word.Length];

    /// <summary>Whether a word that begins with what was counted so far can have no more than so many errors.</summary>
    public bool CanBeWithin(int errors, int letters) => _least[letters] <= errors || (letters > 0 && _least[letters - 1] < errors);

    private static byte[] FirstRow(int length, int longest)
    {
        var rows = new byte[(longest + 1) * (length + 1)];
        for (var i = 0; i <= length; i++) rows[i] = (byte)i;
        return rows;
    }
}
