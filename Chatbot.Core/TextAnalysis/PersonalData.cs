using System.Text.RegularExpressions;

namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Takes out of a text what belongs into no log: e-mail addresses, telephone numbers, accounts, cards, identity numbers, and
/// secrets such as keys, tokens and passwords. Pure; safe for concurrent use.
/// </summary>
public static partial class PersonalData
{
    /// <returns>The same text with a word in brackets for each, or the same object when there is none.</returns>
    public static string Redact(string text)
    {
        if (!MayHold(text)) return text;
        var clean = Secret.Replace(text, "[secret]");
        clean = Assigned.Replace(clean, match => $"{match.Groups[1].Value}[secret]");
        clean = Email.Replace(clean, "[e-mail]");
        clean = Iban.Replace(clean, match => IsIban(match.Value) ? "[account]" : match.Value);
        clean = IdentityCard.Replace(clean, "[identity]");
        clean = Digits.Replace(clean, match => IsCard(match.Value) ? "[card]" : match.Value);
        clean = Phone.Replace(clean, "[phone]");
        return clean == text ? text : clean;
    }

    // Most lines of a log have neither: looking for that is cheaper than the patterns are.
    private static bool MayHold(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (c == '@' || (char.IsAsciiDigit(c) && ++digits >= 7)) return true;
        }

        return text.Length >= 8 && Word.IsMatch(text);
    }

    // ISO 7064, mod 97-10.
    private static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        if (plain.Length is < 15 or > 34) return false;
        var rest = 0;
        foreach (var c in string.Concat(plain.AsSpan(4), plain.AsSpan(0, 4)))
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        return rest == 1;
    }

    // Luhn's sum; lengths of ISO/IEC 7812.
    private static bool IsCard(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(c => c - '0').Reverse().ToArray();
        if (digits.Length is < 13 or > 19 || digits.Distinct().Count() < 2) return false;
        return digits.Select((digit, place) => place % 2 == 0 ? digit : digit * 2 > 9 ? (digit * 2) - 9 : digit * 2).Sum() % 10 == 0;
    }

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bglpat-[\w-]{16,}|\bxox[abprs]-[\w-]{10,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(?:[Bb]earer|[Bb]asic)\s+[A-Za-z0-9._~+/=-]{16,}|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)")]
    private static partial Regex Secret { get; }

    [GeneratedRegex(@"(\b(?:password|passwd|passwort|kennwort|mot de passe|api[-_ ]?key|access[-_ ]?token|secret|pin)\b(?: is| ist| lautet| est)?\s*[:=]?\s*[:= ]\s*|密码(?:是|为)?[:：]?\s*)(?=\S*\d)[^\s,;]{4,}", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned { get; }

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")]
    private static partial Regex Email { get; }

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")]
    private static partial Regex Iban { get; }

    [GeneratedRegex(@"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")]
    private static partial Regex IdentityCard { get; }

    [GeneratedRegex(@"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])")]
    private static partial Regex Digits { get; }

    [GeneratedRegex(@"(?<![\w.:/-])(?:\+|00)[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\w)|(?<![\w.:/-])\(?0[1-9]\d{0,4}\)?[ /-]{1,3}\d(?:[ -]?\d){3,10}(?![\w:])|(?<![\w.:/-])0[1-9](?:[ .]\d{2}){4}(?!\w)|(?<!\d)1[3-9]\d{9}(?!\d)")]
    private static partial Regex Phone { get; }

    [GeneratedRegex("sk-|pk-|_|xox|AKIA|eyJ|earer|asic|://|pass|kennwort|key|token|secret|密码", RegexOptions.IgnoreCase)]
    private static partial Regex Word { get; }
}
