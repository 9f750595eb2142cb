using System.Runtime.InteropServices;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Gathers the words of texts for the <see cref="WordList"/> of a segment. Not safe for concurrent use.</summary>
internal sealed class WordListBuilder
{
    private readonly Dictionary<string, Dictionary<string, Entry>> _languages = new(StringComparer.Ordinal);

    /// <param name="terms">Of the text.</param>
    /// <param name="language">Of the analyzer that made them.</param>
    public void Add(ReadOnlySpan<char> text, IReadOnlyList<Term> terms, string? language)
    {
        ref var words = ref CollectionsMarshal.GetValueRefOrAddDefault(_languages, language ?? "", out _);
        words ??= new(StringComparer.Ordinal);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var term in terms)
        {
            if (term.Kind is not (TermKind.Word or TermKind.Part) || term.Length is < WordList.Shortest or > WordList.Longest) continue;
            // Written words are few beside all that stands in the texts: each is folded once, at the end.
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.Slice(term.Start, term.Length), out _);
            entry.Term ??= term.Text;
            entry.Count++;
        }
    }

    /// <summary>The entries, unsorted, with how often they were met.</summary>
    public Dictionary<string, int> Build()
    {
        var built = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (language, words) in _languages)
        {
            foreach (var (written, (term, count)) in words)
            {
                if (term is null || !WordList.IsWord(term)) continue;
                if (WordList.SurfaceOf(written) is { } surface) Add(surface, count);
                if (language is "de" or "nl" && term.Length >= 2 * WordList.Shortest) Add(WordList.ReversedOf(term), count);
            }
        }

        return built;

        void Add(string entry, int count)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(built, entry, out _);
            sum += count;
        }
    }

    private record struct Entry(string? Term, int Count);
}
