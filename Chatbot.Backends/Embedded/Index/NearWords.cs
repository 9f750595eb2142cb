using System.Text;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Walks the sorted words of a segment for those that differ from another by a few typing errors.</summary>
internal static class NearWords
{
    /// <param name="word">Folded, at most <see cref="WordList.Longest"/> letters.</param>
    /// <param name="errors">At most this many; with two the first letter is taken to be right, or a tenth of all words would be looked at.</param>
    public static IEnumerable<NearWord> Find(IndexSegment segment, string word, int errors)
    {
        var found = new List<NearWord>();
        var prefix = Encoding.UTF8.GetBytes((char)WordList.Surface + (errors > 1 ? word[..1] : ""));
        var next = segment.LowerBound(prefix);
        var end = segment.UpperBound(prefix, next);
        var counter = new EditDistance(word, WordList.Longest);
        Span<char> previous = stackalloc char[WordList.Longest + 1], letters = stackalloc char[WordList.Longest + 1];
        var counted = 0;
        while (next < end)
        {
            var entry = segment.Term(next)[1..];
            var separator = entry.IndexOf(WordList.Separator);
            var folded = separator < 0 ? entry : entry[..separator];
            if (!Encoding.UTF8.TryGetChars(folded, letters, out var length) || length > WordList.Longest)
            {
                next++;
                continue;
            }

            var shared = letters[..length].CommonPrefixLength(previous[..counted]);
            counted = shared;
            while (counted < length && counter.CanBeWithin(errors, counted))
            {
                counter.Add(letters, counted);
                counted++;
            }

            letters[..counted].CopyTo(previous);
            if (!counter.CanBeWithin(errors, counted))
            {
                // Whatever else begins like this is too far, too.
                var bytes = 1 + Encoding.UTF8.GetByteCount(letters[..counted]);
                next = segment.UpperBound(segment.Term(next)[..bytes], next);
                continue;
            }

            if (counter.At(length) <= errors)
            {
                var written = Encoding.UTF8.GetString(separator < 0 ? entry : entry[(separator + 1)..]);
                found.Add(new NearWord(new string(letters[..length]), written, counter.At(length), segment.Frequency(next)));
            }

            next++;
        }

        GC.KeepAlive(segment);
        return found;
    }
}

/// <summary>A word that differs from another by some typing errors.</summary>
/// <param name="Frequency">How often texts of its segment have it.</param>
internal sealed record NearWord(string Folded, string Written, int Errors, int Frequency);
