using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Looks a question's words up in the vocabulary of a snapshot.</summary>
internal sealed class QuestionResolver(IndexSnapshot snapshot)
{
    /// <summary>What the parts of a compound count that the index knows as a whole: enough to be found, too little to outrank it.</summary>
    private const double PartOfKnownWeight = 0.1;

    /// <summary>What the parts of an identifier count that the index knows as a whole: it was asked for exactly.</summary>
    private const double PartOfIdentifierWeight = 0.3;

    /// <summary>Words of a question that are looked up as typing errors, the first: whoever pastes a log did not type it.</summary>
    private const int MostCorrections = 8;

    private static readonly QueryAnalyzer Analyzer = new();

    private readonly Vocabulary _vocabulary = new(snapshot);

    // Other languages write compounds apart: there, "everybody" would become a body.
    private readonly bool _hasCompounds = snapshot.Languages.Any(WritesCompounds);

    public ResolvedQuestion Resolve(string question)
    {
        var analyzed = Analyzer.Analyze(question, snapshot.Languages);
        return new ResolvedQuestion(Words(analyzed), [.. analyzed.Phrases.Select(Phrase)]);
    }

    private List<ResolvedWord> Words(AnalyzedQuery question)
    {
        var typos = new TypoFinder(snapshot, _vocabulary);
        var compounds = _hasCompounds && (question.Language is null || WritesCompounds(question.Language)) ? new CompoundFinder(snapshot, _vocabulary) : null;
        var corrections = 0;
        var isWithinKnown = false;
        var partsOfKnown = new List<ResolvedWord>();
        var resolved = new List<ResolvedWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in question.SearchWords)
        {
            if (IsPartWithoutMeaning(word)) continue;
            if (word.Kind is not (TermKind.Identifier or TermKind.Part or TermKind.Joined)) isWithinKnown = false;
            if (_vocabulary.Find(word.Text, word.Variants) is { } known)
            {
                if (word.Kind == TermKind.Identifier) isWithinKnown = true;
                else if (isWithinKnown && word.Kind == TermKind.Part) known = known with { Idf = known.Idf * PartOfIdentifierWeight };
                Add(WithCompounds(known, word));
                if (compounds is not null && word.Kind == TermKind.Word) partsOfKnown.AddRange(Parts(word.Text).Select(part => part with { Idf = part.Idf * PartOfKnownWeight }));
            }
            else if (word.Kind is TermKind.Identifier or TermKind.Joined)
            {
                // Its parts stand beside it, and are what is left to look for.
            }
            else if (word.Kind == TermKind.Word && Parts(word.Text) is { Count: > 0 } parts) parts.ForEach(Add);
            else if (WithCompounds(new ResolvedWord(word.Text, [], _vocabulary.IdfOfTheUnknown), word) is { Terms.Count: > 0 } part) Add(part);
            else if (!word.IsIdentifier && corrections++ < MostCorrections && typos.Find(word.Text) is { } meant) Add(meant);
            else Add(new ResolvedWord(word.Text, [], _vocabulary.IdfOfTheUnknown));
        }

        // Behind the others: a word that was asked itself counts in full.
        partsOfKnown.ForEach(Add);
        return resolved;

        ResolvedWord WithCompounds(ResolvedWord known, QueryWord word)
        {
            if (compounds is null || word.Kind is not (TermKind.Word or TermKind.Part) || word.IsIdentifier) return known;
            var found = snapshot.Languages.Where(WritesCompounds).Select(language => TextAnalyzer.For(language).TermOf(word.Text)).Distinct().SelectMany(compounds.Find);
            return known with { Terms = [.. known.Terms, .. found] };
        }

        void Add(ResolvedWord word)
        {
            // Taken for a stop word.
            if (word.Idf <= 0) return;
            // Two words of a question with one stem are one word.
            if (seen.Add(word.Terms.Count == 0 ? word.Text : Encoding.UTF8.GetString(word.Terms[0].Bytes))) resolved.Add(word);
        }
    }

    private ResolvedPhrase Phrase(QuotedPhrase phrase)
    {
        var words = phrase.Words.Select(word => (IReadOnlyList<byte[]>)_vocabulary.Known(word.Variants)).ToList();
        return new ResolvedPhrase(phrase, words.Exists(word => word.Count == 0) ? [] : words);
    }

    // "in" of "just-in-time" says nothing by itself.
    private bool IsPartWithoutMeaning(QueryWord word) => word.Kind == TermKind.Part && _vocabulary.IsStopWord(word.Text);

    private static bool WritesCompounds(string language) => language is "de" or "nl";

    private List<ResolvedWord> Parts(string word) => !_hasCompounds
        ? []
        : GermanCompounds.Split(word, part => _vocabulary.Find(part) is not null).Select(_vocabulary.Find).OfType<ResolvedWord>().ToList();
}
