using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Looks a question's words up in the vocabulary of a snapshot.</summary>
internal sealed class QuestionResolver(IndexSnapshot snapshot)
{
    private static readonly QueryAnalyzer Analyzer = new();

    public IReadOnlyList<ResolvedWord> Resolve(string question)
    {
        var resolved = new List<ResolvedWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Analyzer.Analyze(question, snapshot.Languages).SearchWords)
        {
            if (IsPartWithoutMeaning(word)) continue;
            if (Known(word.Text, word.Variants) is { } known) Add(known);
            else if (word.Kind is TermKind.Identifier or TermKind.Joined)
            {
                // Its parts stand beside it, and are what is left to look for.
            }
            else if (word.Kind == TermKind.Word && Parts(word.Text) is { Count: > 0 } parts) parts.ForEach(Add);
            else Add(new ResolvedWord(word.Text, [], Bm25.Idf(0, snapshot.Chunks)));
        }

        return resolved;

        void Add(ResolvedWord word)
        {
            // Two words of a question with one stem are one word.
            if (seen.Add(word.Terms.Count == 0 ? word.Text : Encoding.UTF8.GetString(word.Terms[0]))) resolved.Add(word);
        }
    }

    // "in" of "just-in-time" says nothing by itself.
    private bool IsPartWithoutMeaning(QueryWord word) =>
        word.Kind == TermKind.Part && snapshot.Languages.Any(language => StopWords.Contains(language, word.Text));

    private ResolvedWord? Known(string text, IReadOnlyList<string> variants)
    {
        var terms = new List<byte[]>(variants.Count);
        var frequency = 0;
        foreach (var variant in variants)
        {
            var term = Encoding.UTF8.GetBytes(variant);
            if (snapshot.Frequency(term) is not (> 0 and var found)) continue;
            terms.Add(term);
            frequency += found;
        }

        return terms.Count == 0 ? null : new ResolvedWord(text, terms, Bm25.Idf(Math.Min(frequency, snapshot.Chunks), snapshot.Chunks));
    }

    // Other languages write compounds apart: there, "everybody" would become a body.
    private List<ResolvedWord> Parts(string word) => !snapshot.Languages.Any(l => l is "de" or "nl")
        ? []
        : GermanCompounds.Split(word, part => KnownPart(part) is not null).Select(KnownPart).OfType<ResolvedWord>().ToList();

    private ResolvedWord? KnownPart(string part)
    {
        var variants = new List<string>();
        var terms = new List<Term>();
        foreach (var language in snapshot.Languages)
        {
            terms.Clear();
            TextAnalyzer.For(language).Analyze(part, terms);
            if (terms.Count == 1 && !variants.Contains(terms[0].Text)) variants.Add(terms[0].Text);
        }

        return Known(part, variants);
    }
}
