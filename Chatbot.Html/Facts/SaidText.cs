using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Chatbot.Html;

/// <summary>What a page says in words, to be asked whether it says a fact. Not safe for concurrent use.</summary>
internal sealed partial class SaidText(string text)
{
    private readonly string key = Key(text);
    private readonly Lazy<HashSet<decimal>> numbers = new(() => Numbers(text));

    /// <summary>Whether these words stand there, whatever stands between their letters and digits.</summary>
    public bool Says(string words) => Key(words) is { Length: > 0 } wanted && key.Contains(wanted, StringComparison.Ordinal);

    /// <summary>Whether the number stands there: 19.90 as 19,9, too.</summary>
    public bool Has(decimal number) => numbers.Value.Contains(number);

    /// <summary>Whether the time of day stands there: 9:00, 9.00, 9h, and full hours also as the number alone.</summary>
    public bool Has(TimeOnly time)
    {
        var minutes = time.Minute.ToString("00", CultureInfo.InvariantCulture);
        foreach (var hour in (int[])[time.Hour, time.Hour % 12 == 0 ? 12 : time.Hour % 12])
        {
            if (Regex.IsMatch(text, $@"(?<!\d)0?{hour}\s?[:.h]\s?{minutes}(?!\d)", RegexOptions.CultureInvariant)) return true;
            if (time.Minute == 0 && numbers.Value.Contains(hour)) return true;
        }

        return false;
    }

    private static string Key(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (char.IsLetterOrDigit(letter)) letters.Append(char.ToLowerInvariant(letter));
        return letters.ToString();
    }

    private static HashSet<decimal> Numbers(string text)
    {
        var found = new HashSet<decimal>();
        foreach (var match in Number().EnumerateMatches(text))
        {
            var digits = text.AsSpan(match.Index, match.Length);
            // A comma or point with one or two digits behind it divides the fraction; others divide thousands.
            var mark = digits.LastIndexOfAny('.', ',');
            var fraction = mark >= 0 && digits.Length - mark - 1 is 1 or 2 ? digits[(mark + 1)..] : "";
            var whole = fraction.Length > 0 ? digits[..mark] : digits;
            var plain = string.Concat(whole.ToString().Where(char.IsAsciiDigit)) + (fraction.Length > 0 ? $".{fraction}" : "");
            if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) found.Add(number);
        }

        return found;
    }

    [GeneratedRegex(@"\d{1,15}(?:[.,'’]\d{1,6}){0,4}")]
    private static partial Regex Number();
}
