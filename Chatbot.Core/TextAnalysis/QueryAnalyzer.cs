using System.Diagnostics.CodeAnalysis;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Turns a question into words to look up, with the terms they have in each language that the index holds. Never
/// throws, whatever the question holds. Safe for concurrent use.
/// </summary>
public sealed class QueryAnalyzer
{
    /// <summary>
    /// At most this many distinct words that are no stop words are kept. Of more, the first and the last half stay:
    /// who pastes a log asks before or after it. Which of them are rare enough to be looked up is the index's decision,
    /// for it knows their frequencies.
    /// </summary>
    public const int MostWords = 64;

    /// <summary>At most this many quoted phrases are kept.</summary>
    public const int MostPhrases = 8;

    /// <summary>At most this many words of a phrase are kept.</summary>
    public const int LongestPhrase = 16;

    // Of a longer question its first and last half of this are read, in characters.
    private const int LongestQuestion = 8_192;

    /// <summary>Analyses a question.</summary>
    /// <param name="question">As typed.</param>
    /// <param name="languages">Codes of the languages that the index holds; empty counts as unknown language only.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "Resolved from the container like its neighbours.")]
    public AnalyzedQuery Analyze(string question, IReadOnlyCollection<string> languages)
    {
        if (question.Length > LongestQuestion)
            question = string.Concat(question.AsSpan(0, LongestQuestion / 2), " ", question.AsSpan(^(LongestQuestion / 2)));

        var stems = Stems(languages);
        var language = LanguageDetector.Detect(question);
        var all = Words(question, stems, language ?? ByStopWords(question, languages), out _);
        var phrases = QuotedParts.Find(question, MostPhrases)
            .Select(range => new QuotedPhrase(question[range].Trim(), PhraseWords(question[range], stems)))
            .Where(phrase => phrase.Words.Count > 0)
            .ToList();
        return new AnalyzedQuery(language, Bounded(Distinct(all)), phrases);
    }

    private static List<TextAnalyzer> Stems(IReadOnlyCollection<string> languages)
    {
        var analyzers = languages.Select(TextAnalyzer.For).Distinct().ToList();
        if (analyzers.Count == 0) analyzers.Add(TextAnalyzer.For(null));
        return analyzers;
    }

    // One word for each position, the smallest there is, with what it is part of as variants: "max_connections" has the
    // words max and connections, and a text that holds the whole holds both.
    private static List<QueryWord> PhraseWords(string quoted, List<TextAnalyzer> stems)
    {
        var words = Words(quoted, stems, language: null, out var terms);
        var phrase = new List<QueryWord>();
        for (var i = 0; i < words.Count && phrase.Count < LongestPhrase; i++)
        {
            if (i + 1 < words.Count && words[i + 1].Position == words[i].Position) continue;
            var variants = new List<string>(words[i].Variants);
            for (var whole = 0; whole < words.Count; whole++)
            {
                if (whole != i && IsWithin(terms[i], terms[whole])) words[whole].Variants.ToList().ForEach(v => AddNew(variants, v));
            }

            phrase.Add(words[i] with { Variants = variants });
        }

        return phrase;
    }

    private static bool IsWithin(Term part, Term whole) =>
        whole.Kind != TermKind.Bigram && whole.Start <= part.Start && part.Start + part.Length <= whole.Start + whole.Length;

    /// <param name="surface">The terms of the words, folded only.</param>
    private static List<QueryWord> Words(string text, List<TextAnalyzer> stems, string? language, out List<Term> surface)
    {
        surface = [];
        TextAnalyzer.For(null).Analyze(text, surface);
        var stemmed = stems.ConvertAll(analyzer =>
        {
            var terms = new List<Term>();
            analyzer.Analyze(text, terms);
            return terms;
        });
        var shouts = !text.AsSpan().ContainsAnyInRange('a', 'z');

        var words = new List<QueryWord>(surface.Count);
        var next = new int[stemmed.Count];
        foreach (var term in surface)
        {
            var variants = new List<string>(2);
            for (var i = 0; i < stemmed.Count; i++)
            {
                if (TermAt(stemmed[i], ref next[i], term) is { } variant) AddNew(variants, variant);
            }

            // A page too short to tell its language is only folded.
            AddNew(variants, term.Text);
            foreach (var accented in AccentedEndings.Of(term, stems)) AddNew(variants, accented);
            words.Add(new QueryWord(
                term.Text, variants, term.Kind, IsStopWord(term, text, language, shouts), term.Position));
        }

        return words;
    }

    // The languages cut alike, but a word that is nothing but an elided article in one of them may be missing there.
    private static string? TermAt(List<Term> terms, ref int next, Term wanted)
    {
        for (; next < terms.Count; next++)
        {
            var term = terms[next];
            if (term.Start > wanted.Start || (term.Start == wanted.Start && term.Position > wanted.Position)) return null;
            if (term.Start != wanted.Start || term.Length != wanted.Length || term.Kind != wanted.Kind) continue;
            next++;
            return term.Text;
        }

        return null;
    }

    private static bool IsStopWord(Term term, string text, string? language, bool shouts)
    {
        if (language is null || term.Kind is not (TermKind.Word or TermKind.Bigram)) return false;
        if (!StopWords.Contains(language, term.Text)) return false;
        // "US", "IT" and "WHO" are no pronouns unless everything is in capitals.
        var written = text.AsSpan(term.Start, term.Length);
        return shouts || written.Length < 2 || !written.ContainsAnyInRange('A', 'Z') || written.ToString().Any(char.IsLower);
    }

    // A question too short for the detector: the language most of whose function words it holds.
    private static string? ByStopWords(string question, IReadOnlyCollection<string> languages)
    {
        var terms = new List<Term>();
        TextAnalyzer.For(null).Analyze(question, terms);
        return languages
            .Select(code => (Code: code, Hits: terms.Count(term => StopWords.Contains(code, term.Text))))
            .Where(found => found.Hits > 0)
            .OrderByDescending(found => found.Hits)
            .Select(found => found.Code)
            .FirstOrDefault();
    }

    private static List<QueryWord> Distinct(List<QueryWord> words)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<QueryWord>(words.Count);
        foreach (var word in words)
        {
            if (seen.Add(word.Text)) distinct.Add(word);
        }

        return distinct;
    }

    private static List<QueryWord> Bounded(List<QueryWord> words)
    {
        var wanted = words.Count(word => !word.IsStopWord);
        if (wanted == 0) return [.. words.Take(MostWords)];
        if (wanted <= MostWords) return words.Count <= 2 * MostWords ? words : [.. words.Where(word => !word.IsStopWord)];
        var content = words.Where(word => !word.IsStopWord).ToList();
        return [.. content.Take(MostWords / 2), .. content.TakeLast(MostWords / 2)];
    }

    private static void AddNew(List<string> variants, string variant)
    {
        if (!variants.Contains(variant)) variants.Add(variant);
    }
}
