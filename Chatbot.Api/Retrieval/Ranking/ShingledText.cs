namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>A text as what it shares with others: its runs of words, and its numbers.</summary>
/// <param name="Shingles">Hashes of three words in a row each.</param>
/// <param name="Numbers">Hashes of the words with digits in them, in their order.</param>
internal sealed record ShingledText(HashSet<int> Shingles, List<int> Numbers)
{
    private const int Shingle = 3;

    public static ShingledText Of(string text)
    {
        var words = new List<int>(200);
        var numbers = new List<int>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            var isWord = char.IsLetterOrDigit(c);
            // Scripts without blanks: each character is a word.
            if (isWord && c >= '\u2E80')
            {
                if (start >= 0) Add(text.AsSpan(start, i - start));
                words.Add(c);
                start = -1;
            }
            else if (isWord && start < 0)
            {
                start = i;
            }
            else if (!isWord && start >= 0)
            {
                Add(text.AsSpan(start, i - start));
                start = -1;
            }
        }

        var shingles = new HashSet<int>();
        if (words.Count < Shingle) shingles.Add(words.Aggregate(17, HashCode.Combine));
        for (var i = 0; i + Shingle <= words.Count; i++) shingles.Add(HashCode.Combine(words[i], words[i + 1], words[i + 2]));
        return new ShingledText(shingles, numbers);

        void Add(ReadOnlySpan<char> word)
        {
            var hash = string.GetHashCode(word, StringComparison.OrdinalIgnoreCase);
            words.Add(hash);
            if (word.ContainsAnyInRange('0', '9')) numbers.Add(hash);
        }
    }
}
