using System.Buffers;
using System.Text.RegularExpressions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>
/// Finds sentences that are written to turn a language model against who runs it: that drop its instructions, ask for them,
/// give it another role, pass for another speaker. Whoever speaks of himself ("can I ignore the previous instructions of the
/// tax office?") or asks what such words mean is not meant. Pure.
/// </summary>
internal static partial class InjectionDetector
{
    // What a clause is about is said within so many characters of the words that were found.
    private const int Around = 120;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("?？.!。！\n");

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".!?;:,\n。！？；：，、");

    /// <summary>
    /// A question without what is injected in it. With it goes all that is not a question by itself: what such a text orders
    /// belongs to it. Empty when nothing is left.
    /// </summary>
    /// <returns>The same text when nothing was found.</returns>
    public static string Clean(string question)
    {
        var sentences = Sentences.Split(question, LanguageDetector.Detect(question)).Select(range => question[range]).ToList();
        var bad = sentences.ConvertAll(sentence => Kind(sentence, ofPage: false) is not null);
        if (!bad.Contains(true)) return Kind(question, ofPage: false) is null ? question : "";
        var kept = sentences.Where((sentence, i) => !bad[i] && sentence[^1] is '?' or '？' && !InjectionPatterns.Orders.IsMatch(PlainForm.Of(sentence)));
        var rest = string.Join(' ', kept);
        return Kind(rest, ofPage: false) is null ? rest : "";
    }

    /// <param name="ofPage">A page is not asked what it means, and does not speak of itself: there is less that excuses it.</param>
    public static InjectionKind? Kind(string text, bool ofPage)
    {
        var plain = PlainForm.Of(text);
        if (InPlain(plain, text, ofPage, isHidden: false) is { } kind) return kind;
        foreach (var hidden in PlainForm.Hidden(text))
            if (InPlain(hidden, hidden, ofPage, isHidden: true) is { } found) return found;
        return null;
    }

    private static InjectionKind? InPlain(string plain, string text, bool ofPage, bool isHidden)
    {
        if (!ofPage && IsAboutWords(plain, text)) return null;
        // From the CJK radicals on.
        var isDense = plain.AsSpan().ContainsAnyExceptInRange('\0', '\u2E7F');
        foreach (var pattern in InjectionPatterns.All)
        {
            // Asking "dear assistant, …" is good manners in a chat; on a page it speaks past the reader.
            if (pattern.Kind == InjectionKind.Address && (!ofPage || isHidden)) continue;
            // Of signs any text has some when it is read backwards.
            if (pattern.Kind == InjectionKind.Markup && isHidden) continue;
            for (var match = pattern.Match(plain, isDense); match.Success; match = match.NextMatch())
                if (!IsHarmless(plain, match, pattern.Kind, ofPage)) return pattern.Kind;
        }

        return null;
    }

    private static bool IsHarmless(string plain, Match match, InjectionKind kind, bool ofPage)
    {
        if (kind is InjectionKind.Markup or InjectionKind.Boast or InjectionKind.Address) return false;
        if (OwnWords.IsMatch(match.Value)) return true;
        if (kind == InjectionKind.Role && !ofPage && IsQuestionAboutOpening(plain, match)) return true;
        var (clause, before) = ClauseOf(plain, match);
        if (HowTo.IsMatch(before) && !Possessive.IsMatch(match.Value)) return true;
        // Who does it stands before the verb in English and French; German verbs come last, and Chinese asks at the end.
        return (SubjectBefore.IsMatch(before) && !ToModel.IsMatch(before))
            || (SubjectAnywhere.IsMatch(clause) && !ToModel.IsMatch(clause))
            || (!ofPage && OtherSubject.IsMatch(before) && !ToModel.IsMatch(before));
    }

    // "You are now closed on Mondays, aren't you?" asks; "you are now a pirate" tells.
    private static bool IsQuestionAboutOpening(string plain, Match match)
    {
        var end = plain.AsSpan(match.Index).IndexOfAny(SentenceEnds);
        return end >= 0 && plain[match.Index + end] is '?' or '？' && !match.Value.Contains("mode", StringComparison.Ordinal) && !Unbound.IsMatch(match.Value);
    }

    private static (string Clause, string Before) ClauseOf(string plain, Match match)
    {
        var from = Math.Max(0, match.Index - Around);
        var before = plain.AsSpan(from, match.Index - from).LastIndexOfAny(ClauseEnds);
        var start = before < 0 ? from : from + before + 1;
        var rest = plain.AsSpan(match.Index + match.Length);
        var after = rest.IndexOfAny(ClauseEnds);
        var end = match.Index + match.Length + (after < 0 ? Math.Min(rest.Length, Around) : after + 1);
        return (plain[start..Math.Min(end, plain.Length)], plain[start..match.Index]);
    }

    // Words between quotation marks in a question for their meaning are what it is about.
    private static bool IsAboutWords(string plain, string text) =>
        AsksMeaning.IsMatch(plain) && Quoted.Match(text) is { Success: true } quoted && InPlain(PlainForm.Of(text.Remove(quoted.Index, quoted.Length)), "", ofPage: false, isHidden: false) is null;

    [GeneratedRegex(@"\b(?:i|we|one|people|someone|somebody|anyone|everyone|he|she|they|je|on|nous|quelqu'un|faut-il|peut-on|puis-je|il)\b|\bj'|\bhow to\b")]
    private static partial Regex SubjectBefore { get; }

    [GeneratedRegex(@"\b(?:ich|wir|man|jemand|er|mein\w*|unser\w*)\b|我|咱|用户|居民|人们|如何|怎么|怎样|是否|会怎|会不会|谁|(?:可以|能)[^你您]{0,30}吗")]
    private static partial Regex SubjectAnywhere { get; }

    [GeneratedRegex(@"\b(?:does|do|did|will|would|can|could|should|may|must) (?:the|a|an|my|this|that|these|those|it|some|any|all)\b|\b(?:why|when|where|which|who|what)\b|\b(?:wer|welche\w*|warum|wann|wo)\b|\b(?:qui|pourquoi|quand|est-ce qu\w*)\b")]
    private static partial Regex OtherSubject { get; }

    [GeneratedRegex(@"\b(?:you|your|yourself|u|du|dir|dich|dein\w*|tu|te|toi|ton|ta|tes|vous|votre|vos)\b|你|您")]
    private static partial Regex ToModel { get; }

    [GeneratedRegex(@"\b(?:my|our|i said|i wrote|i asked|i told|mein\w*|unser\w*|ich gesagt|mes|mon|nos|j'ai dit)\b|我(?:的|说|之前)")]
    private static partial Regex OwnWords { get; }

    [GeneratedRegex(@"\b(?:your|dein\w*|ton|tes|vos|votre)\b|你的|您的")]
    private static partial Regex Possessive { get; }

    [GeneratedRegex(@"\bhow (?:do|can|would|should) (?:you|i|we|one)\b|\bwie (?:kann|konnen)\b|\bcomment\b|(?:如何|怎么|怎样)")]
    private static partial Regex HowTo { get; }

    [GeneratedRegex("restrict|regel|regle|rules|schrank|filter|filtre|限制|规则|约束")]
    private static partial Regex Unbound { get; }

    [GeneratedRegex(@"\bwhat (?:does|do|is|are)\b|\bmeaning\b|\bmeans?\b|\bexplain|\bbedeut|\bheisst\b|\bwas ist\b|\berklar|\bsignifi|\bveut dire\b|\bqu'est-ce\b|\bexplique|什么意思|含义|是什么|何谓|解释|\berror\b|\bfehler|\berreur|\bmessage\b|\bmeldung\b")]
    private static partial Regex AsksMeaning { get; }

    [GeneratedRegex("[\"“„«‘「『'`][^\"”“»’」』`\\n]{3,200}[\"”“»’」』'`]")]
    private static partial Regex Quoted { get; }
}
