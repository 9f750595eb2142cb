using System.Globalization;
using System.Text.RegularExpressions;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>
/// Holds the sentences of one answer against its passages: each is aligned to the words it follows, by the words they share
/// or, where it is put otherwise or in another language, by meaning; figures, names and negations must be the source's. Not
/// safe for concurrent use.
/// </summary>
internal sealed partial class GroundingCheck(SentenceMeaning meaning, IReadOnlyList<Passage> passages, string known)
{
    // Sentences of fewer words ("Here is how:") claim nothing by themselves.
    private const int FewestTerms = 3;

    // Of a sentence's words that must stand in and around the words it follows, before meaning is asked.
    private const double Coverage = 0.5;

    // Of the words of a sentence that is put together from several of a passage: so many of them there are no chance.
    private const double SpreadCoverage = 0.75;

    // Of a clause's words that another figure's source must have.
    private const double NearlyAll = 0.8;

    private readonly Dictionary<string, HashSet<string>> _terms = new(StringComparer.Ordinal);
    private readonly List<string> _unsupported = [];
    private readonly Dictionary<int, string> _spans = [];
    private IReadOnlyList<SourceSpan>? _all;
    private HashSet<string>? _figures;
    private string? _texts;
    private int _sentences;
    private bool _isLate;

    public GroundingReport Report => new(_sentences, _unsupported);

    /// <summary>The words of a passage that the first sentence citing it follows.</summary>
    /// <param name="number">As it is cited, from 1.</param>
    public string? SpanOf(int number) => _spans.GetValueOrDefault(number);

    private IReadOnlyList<SourceSpan> All => _all ??= [.. passages.SelectMany(SourceSpan.Of)];

    /// <param name="sentence">With its citations.</param>
    public async Task<GroundedSentence> CheckAsync(string sentence, CancellationToken cancellationToken)
    {
        var cited = Citation.Matches(sentence).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Where(number => number >= 1 && number <= passages.Count).ToList();
        var plain = Step.Replace(Dressing.Replace(Citation.Replace(sentence, ""), "").Trim(), "");
        var figures = Figures.Of(plain);
        if (!IsClaim(plain, figures.Count)) return new GroundedSentence(sentence, null, null, null);
        _sentences++;
        var found = await AlignAsync(sentence, plain, figures, cited, cancellationToken);
        if (!found.IsSupported) _unsupported.Add($"{found.Missing}: {plain}");
        foreach (var number in cited.Where(number => found.Span is not null && ReferenceEquals(passages[number - 1], found.Passage))) _spans.TryAdd(number, found.Span!);
        return found;
    }

    private bool IsClaim(string plain, int figures)
    {
        if (plain.Length == 0 || plain[^1] is '?' or '？' or ':' or '：' || OfSources.IsMatch(plain)) return false;
        var terms = Terms(plain, LanguageDetector.Detect(plain));
        return terms.Count >= (figures > 0 ? 2 : FewestTerms);
    }

    private async Task<GroundedSentence> AlignAsync(string sentence, string plain, IReadOnlyList<string[]> figures, List<int> cited, CancellationToken cancellationToken)
    {
        _figures ??= [.. All.SelectMany(span => span.Figures), .. Figures.In(known), .. passages.SelectMany(passage => Figures.In(string.Join('\n', passage.Chunk.HeadingPath.Append(passage.Chunk.Title ?? ""))))];
        if (figures.Any(readings => !readings.Any(_figures.Contains))) return new GroundedSentence(sentence, "figure", null, null);
        _texts ??= Folding.Fold(string.Join('\n', [known, .. passages.SelectMany(passage => passage.Chunk.HeadingPath.Append(passage.Chunk.Title ?? "").Append(passage.Chunk.Url).Append(passage.Text))]));
        if (Names.Of(plain).Any(name => !_texts.Contains(Folding.Fold(name), StringComparison.Ordinal))) return new GroundedSentence(sentence, "name", null, null);

        var near = All.Where(span => cited.Count == 0 || cited.Exists(number => ReferenceEquals(passages[number - 1], span.Passage))).ToList();
        var best = Best(plain, near) is { Share: >= Coverage } inCited ? inCited : Best(plain, All);
        if (best.Span is null || best.Share < Coverage)
        {
            var terms = Terms(plain, best.Span?.Passage.Chunk.Language);
            if (best.Span is { } some && terms.Count(term => All.Any(span => ReferenceEquals(span.Passage, some.Passage) && span.IsAround(term))) >= SpreadCoverage * terms.Count) return new GroundedSentence(sentence, null, some.Passage, some.Text);
            // Put in other words, or in another language.
            var meant = _isLate ? new SentenceMeaning.Unknown(IsLate: true) : await meaning.NearestAsync(plain, [.. (near.Count > 0 ? near : All)], cancellationToken);
            _isLate = meant is SentenceMeaning.Unknown { IsLate: true };
            return meant switch
            {
                SentenceMeaning.Unknown => new GroundedSentence(sentence, null, null, null),
                SentenceMeaning.Near(var span) => new GroundedSentence(sentence, null, span.Passage, span.Text),
                _ => new GroundedSentence(sentence, "source", null, null),
            };
        }

        var missing = HasOthersFigure(plain, figures) ? "figure" : IsTurned(plain, best.Span) ? "negation" : null;
        return new GroundedSentence(sentence, missing, best.Span.Passage, best.Span.Text);
    }

    private (SourceSpan? Span, double Share) Best(string plain, IReadOnlyList<SourceSpan> spans)
    {
        (SourceSpan? Span, double Share, double Score) best = (null, 0, -1);
        foreach (var span in spans)
        {
            var terms = Terms(plain, span.Passage.Chunk.Language);
            if (terms.Count == 0) continue;
            var own = (double)terms.Count(span.Terms.Contains) / terms.Count;
            var share = (double)terms.Count(span.IsAround) / terms.Count;
            if (own + (share / 4) > best.Score) best = (span, share, own + (share / 4));
        }

        return (best.Span, best.Share);
    }

    // "A passport costs 30 euros" where 30 is what the identity card costs: what says nearly the same has another figure.
    private bool HasOthersFigure(string plain, IReadOnlyList<string[]> figures)
    {
        foreach (var clause in Negations.Clauses(plain))
        {
            foreach (var readings in Figures.Of(clause).Where(readings => figures.Any(own => own.SequenceEqual(readings)) && char.IsAsciiDigit(readings[0][0])))
            {
                int with = 0, without = 0, most = 0;
                foreach (var span in All)
                {
                    var terms = Terms(clause, span.Passage.Chunk.Language);
                    most = Math.Max(most, terms.Count);
                    var shared = terms.Count(span.Terms.Contains);
                    if (readings.Any(span.Figures.Contains)) with = Math.Max(with, shared);
                    else if (span.Figures.Any(figure => char.IsAsciiDigit(figure[0]))) without = Math.Max(without, shared);
                }

                if (without >= with + 2 && without >= NearlyAll * most) return true;
            }
        }

        return false;
    }

    // A clause and one of the source that say the same but for a "not". All words of the shorter must be the longer's, for
    // "not open" and "closed" are the same; where any such clause of the source agrees, nothing is turned.
    private bool IsTurned(string plain, SourceSpan span)
    {
        var language = span.Passage.Chunk.Language;
        var known = All.Where(other => ReferenceEquals(other.Passage, span.Passage))
            .SelectMany(other => Negations.Clauses(other.Text).Select(text => (Text: text, IsWhole: text.Length == other.Text.Length)))
            .ToList();
        foreach (var clause in Negations.Clauses(plain))
        {
            var terms = Terms(Negations.Without(clause), language);
            if (terms.Count < 2) continue;
            var alike = known.Where(source => IsAlike(terms, Terms(Negations.Without(source.Text), language), source.IsWhole)).ToList();
            if (alike.Count > 0 && alike.TrueForAll(source => Negations.IsNegated(source.Text) != Negations.IsNegated(clause))) return true;
        }

        return false;
    }

    // "It is closed" leaves the town hall to the sentence before; a part of a sentence so short may say nothing of its own.
    private static bool IsAlike(HashSet<string> terms, HashSet<string> source, bool isWhole)
    {
        var (fewer, more) = (Math.Min(terms.Count, source.Count), Math.Max(terms.Count, source.Count));
        return fewer >= (isWhole ? 2 : 3) && 2 * fewer >= more && terms.Count(source.Contains) == fewer;
    }

    private HashSet<string> Terms(string text, string? language)
    {
        var key = $"{TextAnalyzer.For(language).Language}|{text}";
        if (!_terms.TryGetValue(key, out var found)) _terms[key] = found = SourceSpan.TermsOf(text, language);
        return found;
    }

    [GeneratedRegex(@"\s?\[(\d{1,3})\]")]
    private static partial Regex Citation { get; }

    // What lists and emphasis are made of.
    [GeneratedRegex(@"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+|#{1,6}\s+)|\*\*|__|`")]
    private static partial Regex Dressing { get; }

    // "Step 2:" and "第二步：" count, and claim nothing.
    [GeneratedRegex(@"^(?:(?:step|schritt|[ée]tape|option|möglichkeit|variante|punkt|point)\s+\d{1,2}\s*[:.)–-]\s*|第?[\d一二三四五六七八九十]+[步、][:：]?\s*)", RegexOptions.IgnoreCase)]
    private static partial Regex Step { get; }

    // What the sources do not tell cannot stand in them.
    [GeneratedRegex(@"\b(?:sources?|passages?|excerpts?|extraits?)\b.*(?:\b(?:not|no|ne|aucune?)\b|n't\b|\bn['’]\w+)|\b(?:no|any|aucune?|keine?|d['’]) ?(?:\w+ )?(?:information|informations|informationen|details|détails|angaben)\b|\b(?:quellen|passagen|auszüge|auszügen)\b.*\b(?:nicht|nichts|kein\w*)\b|\b(?:nicht|nichts|kein\w*)\b.*\b(?:quellen|passagen|auszügen)\b|(?:资料|来源|段落).*(?:没有|未|无法)|没有.*信息", RegexOptions.IgnoreCase)]
    private static partial Regex OfSources { get; }
}
