using System.Collections.Concurrent;
using System.Globalization;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Turns a text into the terms that the index stores and questions look for. One per language, safe for concurrent
/// use. Words are lower-cased, stripped of compatibility forms and accents and stemmed (de, en, fr, es, it, nl, pt,
/// ru; folded only in other languages); identifiers, versions, paths, addresses and numbers give their exact form and
/// their parts; scripts without blanks give overlapping bigrams. Stop words stay in: only questions drop them.
/// </summary>
public sealed class TextAnalyzer
{
    /// <summary>
    /// A longer term is cut to a prefix and a hash of the whole. No word of a dictionary is longer; what is longer is
    /// data (keys, encoded bytes), which should be found exactly or not at all.
    /// </summary>
    public const int LongestTerm = 64;

    // Bounds of the cache of tokens. A site of 10,000 pages has about 100,000 different tokens; a full cache costs
    // about 30 MB. What comes later is analysed anew each time.
    private const int MostCached = 200_000;
    private const int LongestCached = 48;

    private static readonly ConcurrentDictionary<string, TextAnalyzer> Analyzers = new(StringComparer.Ordinal);

    private readonly WordNormalizer words;
    private readonly ConcurrentDictionary<string, TokenForms> cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TokenForms>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private int cached;

    private TextAnalyzer(string? language)
    {
        Language = language;
        words = new WordNormalizer(language);
        lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The two-letter code whose stemmer is used, or null where words are only folded.</summary>
    public string? Language { get; }

    /// <summary>The languages that have a stemmer, as two-letter codes.</summary>
    public static IReadOnlyList<string> StemmedLanguages { get; } = ["de", "en", "fr", "es", "it", "nl", "pt", "ru"];

    /// <summary>The analyzer of a language.</summary>
    /// <param name="language">A code such as "de" or "de-CH"; null or one without a stemmer gives the analyzer that
    /// only folds.</param>
    public static TextAnalyzer For(string? language)
    {
        var primary = (language ?? "").Split('-', '_')[0].ToLowerInvariant();
        var known = StemmedLanguages.Contains(primary) ? primary : "";
        return Analyzers.GetOrAdd(known, static code => new TextAnalyzer(code.Length == 0 ? null : code));
    }

    /// <summary>Appends the terms of a text, in order of position. Never throws, whatever the text holds.</summary>
    public void Analyze(ReadOnlySpan<char> text, List<Term> terms)
    {
        var scanner = new TokenScanner(text);
        var position = 0;
        while (scanner.MoveNext())
        {
            var token = text.Slice(scanner.Start, scanner.Length);
            if (scanner.Kind == TokenKind.Dense)
            {
                AddBigrams(token, scanner.Start, ref position, terms);
                continue;
            }

            if (SpacedNumbers.At(text, scanner.Start, scanner.Length, out var end) is { } number)
                terms.Add(new Term(number, position, scanner.Start, end - scanner.Start, TermKind.Joined));

            var found = FormsOf(token);
            foreach (var form in found.Forms)
            {
                terms.Add(new Term(
                    form.Text, position + form.Position, scanner.Start + form.Start, form.Length, form.Kind));
            }

            position += found.Positions;
        }
    }

    /// <summary>The term of one word, as <see cref="Analyze"/> would give it; empty when nothing is left.</summary>
    public string TermOf(ReadOnlySpan<char> word) => Bounded(words.Term(word));

    internal static string Bounded(string text)
    {
        if (text.Length <= LongestTerm) return text;
        // FNV-1a, 64 bits: the same on every machine and in every run, as the index keeps it.
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return string.Concat(text.AsSpan(0, 40), "~", hash.ToString("x16", CultureInfo.InvariantCulture));
    }

    private TokenForms FormsOf(ReadOnlySpan<char> token)
    {
        if (token.Length > LongestCached) return new TokenFormsBuilder(token, words).Build();
        if (lookup.TryGetValue(token, out var forms)) return forms;
        forms = new TokenFormsBuilder(token, words).Build();
        Remember(token, forms);
        return forms;
    }

    private void AddBigrams(ReadOnlySpan<char> run, int start, ref int position, List<Term> terms)
    {
        var previous = -1;
        var bigrams = 0;
        var end = 0;
        for (var i = 0; i < run.Length;)
        {
            var isDense = CharClasses.At(run, i, out var length) == CharClass.Dense;
            if (isDense && previous >= 0)
            {
                Add(run, previous, i + length, ref position);
                bigrams++;
            }

            if (isDense) previous = i;
            i += length;
            end = i;
        }

        if (bigrams == 0) Add(run, previous, end, ref position);

        void Add(ReadOnlySpan<char> run, int from, int to, ref int position)
        {
            var text = BigramOf(run[from..to]);
            terms.Add(new Term(text, position++, start + from, to - from, TermKind.Bigram));
        }
    }

    private string BigramOf(ReadOnlySpan<char> characters)
    {
        if (lookup.TryGetValue(characters, out var forms)) return forms.Forms[0].Text;
        var text = Bounded(Folding.Lower(characters));
        if (characters.Length <= LongestCached)
            Remember(characters, new TokenForms([new Form(text, TermKind.Bigram, 0, 0, characters.Length)], 1));
        return text;
    }

    private void Remember(ReadOnlySpan<char> token, TokenForms forms)
    {
        if (Volatile.Read(ref cached) < MostCached && lookup.TryAdd(token, forms)) Interlocked.Increment(ref cached);
    }
}
