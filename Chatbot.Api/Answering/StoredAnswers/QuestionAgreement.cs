using System.Text.RegularExpressions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.StoredAnswers;

/// <summary>
/// Whether two questions that are near in meaning ask the same. Vectors hardly tell "open on Saturday" from "open on
/// Sunday" (cosine .97), or "with" from "without": what the questions are about has to be the same, word by word, and so
/// have what they ask for (when, where, how much), negations, numbers and names. What is polite or empty does not count.
/// Strict on purpose: who is sent on gets an answer from the sources, who is matched wrongly gets a wrong one. Pure.
/// </summary>
internal static partial class QuestionAgreement
{
    // A shorter word one letter apart is another word more often than a slip: house, horse.
    private const int ShortestToSlip = 6;

    private static readonly QueryAnalyzer s_analyzer = new();

    // Words of politeness and of asking as such, folded.
    private static readonly HashSet<string> s_empty = new(StringComparer.Ordinal)
    {
        "please", "exactly", "actually", "hello", "hi", "thanks", "thank", "know", "tell", "like", "wondering", "question",
        "bitte", "genau", "eigentlich", "hallo", "danke", "wissen", "sagen", "gern", "gerne", "frage",
        "svp", "plait", "puis", "peut", "exactement", "bonjour", "merci", "savoir", "dire", "voudrais", "aimerais", "question",
    };

    // What is asked for; the first that stands in a question at a place counts. Without accents only what is not also another word.
    private static readonly (string Words, string Asks)[] s_kinds =
    [
        ("how much", "amount"), ("how many", "amount"), ("how long", "duration"), ("how often", "often"), ("how far", "far"), ("how old", "age"),
        ("what time", "when"), ("when", "when"), ("where", "where"), ("why", "why"), ("who", "who"), ("whom", "whom"), ("whose", "whose"), ("how", "how"),
        ("um wie viel uhr", "when"), ("wie viel", "amount"), ("wie viele", "amount"), ("wieviel", "amount"), ("wie lange", "duration"), ("wie oft", "often"),
        ("wie weit", "far"), ("wie alt", "age"), ("wann", "when"), ("wo", "where"), ("wohin", "to"), ("woher", "from"), ("warum", "why"), ("wieso", "why"),
        ("weshalb", "why"), ("wer", "who"), ("wen", "whom"), ("wem", "whom"), ("wie", "how"),
        ("combien de temps", "duration"), ("à quelle heure", "when"), ("combien", "amount"), ("quand", "when"), ("où", "where"), ("pourquoi", "why"), ("qui", "who"),
        ("comment", "how"),
    ];

    // What turns an answer round where it stands in one question alone.
    private static readonly (string Words, string Says)[] s_turns =
    [
        ("not", "not"), ("no", "not"), ("never", "not"), ("nor", "not"), ("neither", "not"), ("none", "not"), ("nothing", "not"), ("nobody", "not"), ("cannot", "not"),
        ("without", "without"), ("with", "with"), ("before", "before"), ("after", "after"), ("until", "until"), ("since", "since"), ("from", "from"), ("during", "during"),
        ("under", "below"), ("below", "below"), ("over", "above"), ("above", "above"), ("more", "more"), ("most", "most"), ("less", "less"), ("least", "least"),
        ("up", "up"), ("down", "down"), ("out", "out"), ("off", "off"), ("back", "back"), ("away", "away"), ("again", "again"), ("only", "only"), ("another", "another"), ("other", "another"), ("between", "between"), ("inside", "inside"), ("outside", "outside"),
        ("must", "must"), ("have to", "must"), ("has to", "must"), ("need to", "must"), ("needs to", "must"), ("was", "past"), ("were", "past"), ("had", "past"), ("did", "past"),
        ("nicht", "not"), ("nie", "not"), ("niemals", "not"), ("weder", "not"), ("nichts", "not"), ("niemand", "not"), ("ohne", "without"), ("mit", "with"),
        ("kein", "not"), ("keine", "not"), ("keinen", "not"), ("keinem", "not"), ("keiner", "not"),
        ("vor", "before"), ("bevor", "before"), ("nach", "after"), ("nachdem", "after"), ("bis", "until"), ("seit", "since"), ("ab", "from"), ("von", "from"), ("während", "during"),
        ("unter", "below"), ("über", "above"), ("mehr", "more"), ("weniger", "less"), ("nur", "only"), ("andere", "another"), ("anderen", "another"), ("zwischen", "between"),
        ("muss", "must"), ("müssen", "must"), ("soll", "must"), ("war", "past"), ("waren", "past"), ("wurde", "past"), ("wurden", "past"), ("hatte", "past"), ("gegen", "against"),
        ("pas", "not"), ("jamais", "not"), ("aucun", "not"), ("aucune", "not"), ("rien", "not"), ("personne", "not"), ("ni", "not"), ("sans", "without"), ("avec", "with"),
        ("avant", "before"), ("après", "after"), ("jusque", "until"), ("jusqu", "until"), ("depuis", "since"), ("pendant", "during"), ("sous", "below"), ("plus", "more"), ("moins", "less"),
        ("seulement", "only"), ("autre", "another"), ("autres", "another"), ("entre", "between"), ("dois", "must"), ("doit", "must"), ("faut", "must"), ("doivent", "must"),
        ("était", "past"), ("étaient", "past"), ("avait", "past"), ("contre", "against"), ("against", "against"),
    ];

    // At the end of a German question, the half of a verb that says which one it is: anmelden, abmelden, ummelden.
    private static readonly HashSet<string> s_particles = new(StringComparer.Ordinal)
    {
        "an", "ab", "um", "auf", "aus", "ein", "zu", "mit", "vor", "nach", "bei", "weg", "her", "hin", "los", "zurück", "durch", "über", "unter", "fest", "frei", "fort", "teil", "statt",
    };

    // Words of asking, of politeness and of grammar that Chinese questions have or leave out; longer ones first. What is asked
    // for becomes a capital, which the text has none of.
    private static readonly (string Words, string Means)[] s_chinese =
    [
        ("请问一下", ""), ("我想知道", ""), ("我想问", ""), ("告诉我", ""), ("请问", ""), ("谢谢", ""), ("您好", ""), ("你好", ""),
        ("什么时候", "W"), ("什么时间", "W"), ("几点钟", "W"), ("几点", "W"), ("何时", "W"), ("什么地方", "P"), ("哪里", "P"), ("哪儿", "P"), ("何处", "P"),
        ("多长时间", "D"), ("多久", "D"), ("多少钱", "N"), ("多少", "N"), ("为什么", "Y"), ("为何", "Y"), ("怎么样", "H"), ("怎样", "H"), ("怎么", "H"), ("如何", "H"),
        ("星期", "周"), ("礼拜", "周"), ("你们", ""), ("我们", ""), ("可不可以", "可以"), ("能不能", "可以"), ("可否", "可以"), ("能否", "可以"), ("是不是", ""), ("需不需要", "需要"),
        ("在", ""), ("的", ""), ("了", ""), ("吗", ""), ("呢", ""), ("吧", ""), ("啊", ""), ("呀", ""), ("请", ""), ("我", ""), ("您", ""), ("你", ""), ("是", ""), ("一下", ""),
    ];

    /// <param name="language">Two-letter code of the answered question; null when it could not be told.</param>
    public static bool Asks(string asked, string answered, string? language)
    {
        if (IsDense(asked) || IsDense(answered)) return AsksInChinese(asked, answered);
        var (one, other) = (Padded(asked), Padded(answered));
        // Who pays whom, and whom pays who?
        if (!Signs(one, s_kinds).SequenceEqual(Signs(other, s_kinds)) || !Signs(one, s_turns).Order().SequenceEqual(Signs(other, s_turns).Order())) return false;
        if (ParticleOf(one) != ParticleOf(other)) return false;
        string[] languages = [.. new[] { language ?? "en", "de", "en", "fr" }.Distinct()];
        var (words, others) = (Content(asked, languages), Content(answered, languages));
        if (words.Count == 0 || words.Count != others.Count) return false;
        // In their order: from Lyon to Paris is another way than back, and who chases whom is told by nothing else.
        return words.Zip(others).All(pair => IsSame(pair.First, pair.Second));
    }

    private static string? ParticleOf(string padded)
    {
        var last = padded.TrimEnd().Split(' ')[^1];
        return s_particles.Contains(last) ? last : null;
    }

    // French asks with a hyphen: puis-je, peut-on, est-elle, a-t-il are two words each.
    private static List<QueryWord> Content(string question, string[] languages) =>
        [.. s_analyzer.Analyze(Inversion().Replace(question, " $1"), languages).Words.Where(word => !word.IsStopWord && word.Kind is not TermKind.Joined && !s_empty.Contains(word.Text))];

    [GeneratedRegex(@"-(?:t-)?(je|tu|il|elle|on|nous|vous|ils|elles|ce)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Inversion();

    private static bool IsSame(QueryWord one, QueryWord other) =>
        one.Variants.Any(other.Variants.Contains)
        || (!one.IsIdentifier && !other.IsIdentifier && one.Text[0] == other.Text[0] && Math.Min(one.Text.Length, other.Text.Length) >= ShortestToSlip && IsSlip(one.Text, other.Text));

    /// <summary>One letter too many, too few, another, or two in the wrong order.</summary>
    internal static bool IsSlip(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (longer.Length - shorter.Length > 1) return false;
        var start = 0;
        while (start < shorter.Length && shorter[start] == longer[start]) start++;
        var end = 0;
        while (end < shorter.Length - start && shorter[^(end + 1)] == longer[^(end + 1)]) end++;
        var (left, right) = (shorter.Length - start - end, longer.Length - start - end);
        return (left <= 1 && right <= 1) || (left == 2 && right == 2 && shorter[start] == longer[start + 1] && shorter[start + 1] == longer[start]);
    }

    // In the order they stand. Each is taken out, so that "how much" is not "how" as well.
    private static List<string> Signs(string text, (string Words, string Sign)[] signs)
    {
        var found = new List<(int Place, string Sign)>();
        foreach (var (words, sign) in signs)
        {
            var place = text.IndexOf($" {words} ", StringComparison.Ordinal);
            if (place < 0) continue;
            found.Add((place, sign));
            // As long as it was: the places of the others stay.
            text = text.Replace($" {words} ", $" {new string('·', words.Length)} ", StringComparison.Ordinal);
        }

        return [.. found.OrderBy(one => one.Place).Select(one => one.Sign).Distinct()];
    }

    // Words apart by single blanks, with one at both ends; "don't" and "isn't" say "not".
    private static string Padded(string question)
    {
        var lower = Folding.Lower(question).Replace('’', '\'').Replace("n't", " not", StringComparison.Ordinal);
        var words = new string([.. lower.Select(character => char.IsLetterOrDigit(character) ? character : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $" {string.Join(' ', words)} ";
    }

    private static bool AsksInChinese(string asked, string answered) => Reduced(asked) is { Length: > 0 } one && one == Reduced(answered);

    private static string Reduced(string question)
    {
        var text = Folding.Lower(question);
        foreach (var (words, means) in s_chinese) text = text.Replace(words, means, StringComparison.Ordinal);
        return new string([.. text.Where(character => char.IsLetterOrDigit(character))]);
    }

    private static bool IsDense(string text) => text.Any(character => character is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF');
}
