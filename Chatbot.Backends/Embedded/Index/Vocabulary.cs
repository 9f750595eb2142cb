using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>What words a snapshot knows. Safe for concurrent use.</summary>
internal sealed class Vocabulary(IndexSnapshot snapshot)
{
    public IReadOnlyList<string> Languages => snapshot.Languages;

    public double IdfOfTheUnknown { get; } = Bm25.Idf(0, snapshot.Chunks);

    public double Idf(int frequency) => Bm25.Idf(Math.Min(frequency, snapshot.Chunks), snapshot.Chunks);

    public int Frequency(string term) => snapshot.Frequency(Encoding.UTF8.GetBytes(term));

    public bool IsStopWord(string word) => snapshot.Languages.Any(language => StopWords.Contains(language, word));

    /// <summary>The terms that the index holds of these.</summary>
    public List<byte[]> Known(IReadOnlyList<string> variants)
    {
        var known = new List<byte[]>(variants.Count);
        foreach (var variant in variants)
        {
            var term = Encoding.UTF8.GetBytes(variant);
            if (snapshot.Frequency(term) > 0) known.Add(term);
        }

        return known;
    }

    /// <summary>A word with those of its terms that the index holds; null when it holds none.</summary>
    public ResolvedWord? Find(string text, IReadOnlyList<string> variants)
    {
        var known = Known(variants);
        if (known.Count == 0) return null;
        var frequency = known.Sum(term => snapshot.Frequency(term));
        return new ResolvedWord(text, known.ConvertAll(term => new ResolvedTerm(term)), Idf(frequency));
    }

    /// <summary>A single word of letters with its terms in all languages; null when the index holds none.</summary>
    public ResolvedWord? Find(string word) => Find(word, TermsOf(word));

    /// <summary>What a single word of letters is in the languages of the index.</summary>
    public List<string> TermsOf(string word)
    {
        var terms = new List<string>(2);
        foreach (var language in snapshot.Languages)
        {
            if (TextAnalyzer.For(language).TermOf(word) is { Length: > 0 } term && !terms.Contains(term)) terms.Add(term);
        }

        return terms;
    }
}
