using System.Globalization;
using System.Text;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>
/// A format code of Excel, as far as it changes what is said: dates, percent, decimals, leading zeros, words and
/// currencies beside the number. Points and grouping are those of no country: 1234.50.
/// </summary>
internal sealed class NumberFormat
{
    public static readonly NumberFormat General = new() { _isGeneral = true };

    private string _prefix = "";
    private string _suffix = "";
    private string _digits = "0.##########";
    private bool _isGeneral;
    private bool _isPercent;
    private bool _hasDay;
    private bool _hasTime;
    private bool _isDuration;

    private NumberFormat()
    {
    }

    public bool IsDate => _hasDay || _hasTime || _isDuration;

    public static NumberFormat Parse(string code)
    {
        // Positive numbers; what comes behind is for negative ones, zero and text.
        var (tokens, isOther) = Tokens(code);
        if (isOther || code.StartsWith("General", StringComparison.OrdinalIgnoreCase)) return General;
        var bare = string.Concat(tokens.Where(token => !token.IsWord).Select(token => token.Text));
        var lower = bare.ToLowerInvariant();
        var format = new NumberFormat
        {
            _isDuration = lower.Contains("[h", StringComparison.Ordinal) || lower.Contains("[m", StringComparison.Ordinal) || lower.Contains("[s", StringComparison.Ordinal),
            _hasDay = lower.Contains('y', StringComparison.Ordinal) || lower.Contains('d', StringComparison.Ordinal),
            _hasTime = lower.Contains('h', StringComparison.Ordinal) || lower.Contains('s', StringComparison.Ordinal),
        };
        if (!format._hasTime && lower.Contains("mm", StringComparison.Ordinal)) format._hasDay = true;
        if (format.IsDate) return format;
        // Fractions and powers of ten.
        if (lower.Contains('/', StringComparison.Ordinal) || lower.Contains('e', StringComparison.Ordinal)) return General;
        format._isPercent = lower.Contains('%', StringComparison.Ordinal);
        format.TakeDigits(bare);
        format.TakeWords(tokens);
        return format;
    }

    public string Write(double number)
    {
        if (!double.IsFinite(number)) return "";
        if (IsDate) return WriteDate(number) ?? Plain(number);
        if (_isGeneral) return Plain(number);
        var scaled = _isPercent ? number * 100 : number;
        if (Math.Abs(scaled) > 1e15) return Plain(number);
        return $"{_prefix}{scaled.ToString(_digits, CultureInfo.InvariantCulture)}{(_isPercent ? "%" : "")}{_suffix}".Trim();
    }

    private string? WriteDate(double number)
    {
        // The range of Excel's calendar: to the end of the year 9999.
        if (number is < 0 or >= 2_958_466) return null;
        if (_isDuration)
        {
            var minutes = (long)Math.Round(number * 24 * 60);
            return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00}");
        }

        // To the second: the rest is how halves of a day look in binary.
        var time = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(Math.Round(number * 86_400));
        var isTime = _hasTime && (!_hasDay || time.TimeOfDay != TimeSpan.Zero);
        return time.ToString((_hasDay, isTime) switch { (true, true) => "yyyy-MM-dd HH:mm", (true, false) => "yyyy-MM-dd", _ => "HH:mm" }, CultureInfo.InvariantCulture);
    }

    // 15 digits are what Excel keeps: 0.1 + 0.2 is 0.3.
    private static string Plain(double number) => Math.Abs(number) < 1e15 && Math.Abs(number) >= 1e-6 || number == 0
        ? Math.Round((decimal)number, 15).ToString("0.###############", CultureInfo.InvariantCulture)
        : number.ToString("G15", CultureInfo.InvariantCulture);

    private void TakeDigits(string bare)
    {
        var point = bare.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? bare : bare[..point];
        var part = point < 0 ? "" : bare[point..];
        var zeros = Math.Clamp(whole.Count(c => c == '0'), 1, 20);
        var fixedPlaces = Math.Min(part.Count(c => c == '0'), 10);
        var freePlaces = Math.Min(part.Count(c => c is '#' or '?'), 10);
        _digits = new string('0', zeros) + (fixedPlaces + freePlaces > 0 ? "." + new string('0', fixedPlaces) + new string('#', freePlaces) : "");
    }

    private void TakeWords(List<(string Text, bool IsWord)> tokens)
    {
        var first = tokens.FindIndex(token => !token.IsWord && token.Text is "0" or "#" or "?");
        var last = tokens.FindLastIndex(token => !token.IsWord && token.Text is "0" or "#" or "?");
        string Words(IEnumerable<(string Text, bool IsWord)> some) => string.Concat(some.Where(token => token.IsWord).Select(token => token.Text));
        if (first < 0) return;
        _prefix = Words(tokens.Take(first));
        _suffix = Words(tokens.Skip(last + 1));
    }

    /// <returns>Signs of the first section, in order; words are what stands there as it is.</returns>
    private static (List<(string Text, bool IsWord)> Tokens, bool IsOther) Tokens(string code)
    {
        var tokens = new List<(string, bool)>();
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case ';':
                    return (tokens, false);
                case '@':
                    return (tokens, true);
                case '"':
                    var word = new StringBuilder();
                    while (++i < code.Length && code[i] != '"') word.Append(code[i]);
                    tokens.Add((word.ToString(), true));
                    break;
                case '\\' when i + 1 < code.Length:
                    tokens.Add((code[++i].ToString(), true));
                    break;
                case '_' or '*':
                    // Room as wide as the next sign.
                    i++;
                    break;
                case '[':
                    var end = code.IndexOf(']', i);
                    if (end < 0) return (tokens, false);
                    var inside = code[(i + 1)..end];
                    if (inside.StartsWith('$')) tokens.Add((inside[1..].Split('-')[0], true));
                    else if (inside.Length > 0 && inside.All(c => c is 'h' or 'H' or 'm' or 'M' or 's' or 'S')) tokens.Add(("[" + inside[..1] + "]", false));
                    i = end;
                    break;
                case '€' or '$' or '£' or '¥' or '￥' or ' ' or '(' or ')' or '+' or '\u00A0':
                    tokens.Add((code[i].ToString(), true));
                    break;
                default:
                    tokens.Add((code[i].ToString(), false));
                    break;
            }
        }

        return (tokens, false);
    }
}
