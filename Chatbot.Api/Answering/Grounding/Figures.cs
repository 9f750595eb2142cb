using System.Globalization;
using System.Text.RegularExpressions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>
/// The numbers, dates, times, months and weekdays of a text, however they are written in English, German, French or
/// Chinese: <c>1.000</c>, <c>1,000</c>, <c>1 000</c> and <i>tausend</i> are one; so are <c>5 p.m.</c>, <c>17 Uhr</c> and
/// <c>17:00</c>. Pure.
/// </summary>
internal static partial class Figures
{
    private static readonly Dictionary<string, int> Months = Names(
        "january januar janvier jan|february februar fevrier feb|march marz maerz mars|april avril apr|may mai|june juni juin jun|july juli juillet jul|august aout aug|september septembre sept|october oktober octobre oct okt|november novembre nov|december dezember decembre dec dez");

    private static readonly Dictionary<string, int> Weekdays = Names(
        "monday mondays montag montags lundi lundis mon mo 星期一 周一|tuesday tuesdays dienstag dienstags mardi mardis tue di 星期二 周二|wednesday wednesdays mittwoch mittwochs mercredi mercredis wed mi 星期三 周三|thursday thursdays donnerstag donnerstags jeudi jeudis thu do 星期四 周四|friday fridays freitag freitags vendredi vendredis fri fr 星期五 周五|saturday saturdays samstag samstags sonnabend sonnabends samedi samedis sat sa 星期六 周六|sunday sundays sonntag sonntags dimanche dimanches sun so 星期日 星期天 周日 周天");

    // Abbreviations that are words of their own: they stand for weekdays in sources, and say nothing in an answer.
    private static readonly HashSet<string> Doubtful = new(["mon", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "mar", "may", "mars"], StringComparer.Ordinal);

    private static readonly Dictionary<string, double> Words = new(StringComparer.Ordinal)
    {
        ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["fifteen"] = 15, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90, ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1e6, ["dozen"] = 12,
        ["zwei"] = 2, ["drei"] = 3, ["vier"] = 4, ["funf"] = 5, ["sechs"] = 6, ["sieben"] = 7, ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10, ["elf"] = 11, ["zwolf"] = 12,
        ["funfzehn"] = 15, ["zwanzig"] = 20, ["dreissig"] = 30, ["vierzig"] = 40, ["funfzig"] = 50, ["sechzig"] = 60, ["siebzig"] = 70, ["achtzig"] = 80, ["neunzig"] = 90, ["hundert"] = 100, ["tausend"] = 1_000, ["millionen"] = 1e6, ["dutzend"] = 12,
        ["deux"] = 2, ["trois"] = 3, ["quatre"] = 4, ["cinq"] = 5, ["sept"] = 7, ["huit"] = 8, ["neuf"] = 9, ["dix"] = 10, ["onze"] = 11, ["douze"] = 12, ["quinze"] = 15,
        ["vingt"] = 20, ["trente"] = 30, ["quarante"] = 40, ["cinquante"] = 50, ["soixante"] = 60, ["cent"] = 100, ["mille"] = 1_000, ["millions"] = 1e6, ["douzaine"] = 12,
    };

    // Words that are others as well ("six" is not: "sept." is a month, "neuf" new, "cent" a coin): they are taken from sources only.
    private static readonly HashSet<string> DoubtfulWords = new(["sept", "neuf", "cent", "acht", "elf", "million", "millions", "millionen", "hundred", "thousand", "hundert", "tausend", "mille"], StringComparer.Ordinal);

    /// <summary>All readings of all figures that a source holds.</summary>
    public static HashSet<string> In(string text)
    {
        var all = new HashSet<string>(Of(text, isSource: true).SelectMany(figure => figure), StringComparer.Ordinal);
        // "Monday to Friday" speaks of Tuesday, too.
        var days = Enumerable.Range(1, 7).Where(day => all.Contains($"w{day}")).ToList();
        if (days.Count > 1) for (var day = days[0]; day <= days[^1]; day++) all.Add($"w{day}");
        var folded = Folding.Fold(text);
        // "24. und 25. Dezember", "24.-31.12.": the first has the month of the second.
        foreach (Match match in TwoDays.Matches(folded))
        {
            var month = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : Months.GetValueOrDefault(match.Groups[3].Value);
            if (month > 0) all.Add($"d{month}-{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)}");
        }

        // A bare hour is one of the afternoon only where afternoons are spoken of.
        if (!Afternoon.IsMatch(folded)) all.RemoveWhere(figure => figure[0] == 'b');
        if (Daily.IsMatch(folded)) for (var day = 1; day <= 7; day++) all.Add($"w{day}");
        else if (Workdays.IsMatch(folded)) for (var day = 1; day <= 5; day++) all.Add($"w{day}");
        return all;
    }

    /// <summary>The figures in order, each with its readings: <c>1.000</c> may be a thousand or one.</summary>
    public static IReadOnlyList<string[]> Of(string text, bool isSource = false)
    {
        var found = new List<string[]>();
        var rest = Folding.Fold(text);
        rest = Take(rest, IsoDate, match => Date(match.Groups[2].Value, match.Groups[3].Value, match.Groups[1].Value, found, isSource));
        rest = Take(rest, ChineseDate, match => Date(match.Groups[2].Value, match.Groups[3].Value, match.Groups[1].Value, found, isSource));
        rest = Take(rest, DottedDate, match => Date(match.Groups[2].Value, match.Groups[1].Value, match.Groups[3].Value, found, isSource, either: true));
        rest = Take(rest, DayMonth, match => Months.TryGetValue(match.Groups[2].Value, out var month) && Date(Number(month), match.Groups[1].Value, "", found, isSource));
        rest = Take(rest, MonthDay, match => Months.TryGetValue(match.Groups[1].Value, out var month) && Date(Number(month), match.Groups[2].Value, "", found, isSource));
        rest = Take(rest, Clock, match => Time(match, found, isSource));
        rest = Take(rest, ChineseClock, match => Time(match, found, isSource));
        rest = Take(rest, Digits, match => Add(found, Readings(match, isSource)));
        foreach (Match word in Word.Matches(rest))
        {
            if (Months.TryGetValue(word.Value, out var month) && (isSource || !Doubtful.Contains(word.Value))) found.Add([$"m{month}"]);
            if (Weekdays.TryGetValue(word.Value, out var day) && (isSource || !Doubtful.Contains(word.Value))) found.Add([$"w{day}"]);
            if (Words.TryGetValue(word.Value, out var value) && (isSource || (!DoubtfulWords.Contains(word.Value) && (value > 12 || Measured.IsMatch(rest, word.Index + word.Length))))) found.Add([Number(value)]);
        }

        foreach (Match match in ChineseWeekday.Matches(rest)) if (Weekdays.TryGetValue(match.Value, out var day)) found.Add([$"w{day}"]);
        return found;
    }

    private static string Take(string text, Regex pattern, Func<Match, bool> take) => pattern.Replace(text, match => take(match) ? " " : match.Value);

    private static bool Add(List<string[]> found, string[] readings)
    {
        if (readings.Length > 0) found.Add(readings);
        return true;
    }

    private static bool Date(string month, string day, string year, List<string[]> found, bool isSource, bool either = false)
    {
        if (!int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m) || !int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var d)) return false;
        if (m is < 1 or > 12 && !(either && d is >= 1 and <= 12)) return false;
        List<string> readings = [];
        if (m is >= 1 and <= 12) readings.Add($"d{m}-{d}");
        // An answer may leave out the day that the source names, but not name one of its own.
        if (m is >= 1 and <= 12 && isSource) readings.AddRange([$"m{m}", Number(d)]);
        if (either && d is >= 1 and <= 12) readings.Add($"d{d}-{m}");
        found.Add([.. readings]);
        if (year.Length > 0) found.Add([year.Length == 2 ? $"20{year}" : year]);
        return true;
    }

    private static bool Time(Match match, List<string[]> found, bool isSource)
    {
        if (!int.TryParse(match.Groups["h"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 24) return false;
        var minutes = match.Groups["m"].Success && match.Groups["m"].Length > 0 ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : match.Groups["half"].Success && match.Groups["half"].Length > 0 ? 30 : 0;
        var half = match.Groups["ap"].Value;
        if (half.Length == 0 && match.Groups["m"].Length == 0 && match.Groups["unit"].Length == 0) return false;
        var isAfternoon = half.StartsWith('p') || half is "下午" or "晚上";
        if (isAfternoon && hour < 12) hour += 12;
        if (half.StartsWith('a') && hour == 12) hour = 0;
        List<string> readings = [$"t{hour % 24}:{minutes:00}"];
        // "from 8 to 12 o'clock", "3 to 5 p.m.": the first of two hours stands as a bare number, and may be an afternoon's.
        if (minutes == 0) readings.Add(Number(hour));
        if (minutes == 0 && !isSource && hour > 12) readings.Add($"b{hour - 12}");
        if (minutes == 0 && isSource && half.Length == 0 && hour <= 12) readings.Add($"b{hour}");
        found.Add([.. readings.Distinct()]);
        return true;
    }

    private static string[] Readings(Match match, bool isSource)
    {
        var text = match.Groups[1].Value.Trim();
        var factor = match.Groups["f"].Value switch
        {
            "" => 1,
            "k" or "thousand" or "tausend" or "tsd" or "mille" or "千" => 1e3,
            "万" => 1e4,
            "亿" => 1e8,
            "billion" or "billions" or "milliarden" or "mrd" or "milliards" or "milliard" => 1e9,
            _ => 1e6,
        };
        var readings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plain in Plain(text))
        {
            readings.Add(Number(plain * factor));
            if (factor > 1) readings.Add(Number(plain));
            if (isSource && factor == 1 && plain is >= 1 and <= 12) readings.Add($"b{Number(plain)}");
        }

        return [.. readings];
    }

    private static IEnumerable<double> Plain(string text)
    {
        var blanks = text.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var (dot, comma) = (blanks.LastIndexOf('.'), blanks.LastIndexOf(','));
        foreach (var separator in (char[])['.', ','])
        {
            var other = separator == '.' ? ',' : '.';
            // One of the two is the decimal sign: the last, or the only one; three digits behind it may be a group as well.
            var whole = blanks.Replace(other.ToString(), "", StringComparison.Ordinal).Replace(separator, '.');
            var last = separator == '.' ? dot : comma;
            if (last >= 0 && last > (separator == '.' ? comma : dot) && double.TryParse(whole, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) yield return value;
        }

        var digits = blanks.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var isGrouped = (dot < 0 && comma < 0) || blanks.Split('.', ',').Skip(1).All(group => group.Length == 3);
        if (isGrouped && double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var grouped)) yield return grouped;
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static Dictionary<string, int> Names(string lists) => lists.Split('|')
        .SelectMany((names, place) => names.Split(' ').Select(name => (name, place)))
        .ToDictionary(pair => pair.name, pair => pair.place + 1, StringComparer.Ordinal);

    [GeneratedRegex(@"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")]
    private static partial Regex IsoDate { get; }

    [GeneratedRegex(@"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")]
    private static partial Regex ChineseDate { get; }

    [GeneratedRegex(@"\b(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})?(?![\d.,])")]
    private static partial Regex DottedDate { get; }

    [GeneratedRegex(@"\b(\d{1,2})(?:\.|st|nd|rd|th|er)?\s(?:of\s)?([a-z]{3,9})\b")]
    private static partial Regex DayMonth { get; }

    [GeneratedRegex(@"\b(\d{1,2})(?:\.|st|nd|rd|th|er)?\s?(?:and|und|et|to|bis|au|-|–|&|,)\s?\d{1,2}(?:\.(\d{1,2})\.|(?:\.|st|nd|rd|th|er)?\s([a-z]{3,9})\b)")]
    private static partial Regex TwoDays { get; }

    [GeneratedRegex(@"\b([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?\b(?![\d.:,]\d)")]
    private static partial Regex MonthDay { get; }

    [GeneratedRegex(@"(?<![\d.,])(?<h>\d{1,2})(?:\s?[:.h]\s?(?<m>[0-5]\d))?\s?(?:(?<ap>[ap])\.?\s?m\b\.?|(?<unit>uhr|h|o'clock|heures?)\b|(?<=[:h]\s?[0-5]\d)(?!\d))")]
    private static partial Regex Clock { get; }

    [GeneratedRegex(@"(?<ap>上午|早上|中午|下午|晚上)?(?<h>\d{1,2})(?<unit>[点时])(?:(?<m>[0-5]?\d)分?|(?<half>半))?")]
    private static partial Regex ChineseClock { get; }

    [GeneratedRegex(@"(?<![a-z\d])(\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*)(?:\s?(?:(?<f>k|thousand|tausend|tsd|mille|billions?|milliarden|mrd|milliards?|millions?|millionen|mio)\b|(?<f>[千万亿])))?")]
    private static partial Regex Digits { get; }

    // "There are three ways" counts what the source lists, "it takes three weeks" is its word.
    [GeneratedRegex(@"\G\s(?:[a-z]+\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|euros?|dollars?|francs?|percent|times|people|persons?|jahren?|monaten?|wochen?|tagen?|stunden?|minuten?|prozent|mal|personen|uhr|ans?|annees?|mois|semaines?|jours?|heures?|fois|personnes?)\b")]
    private static partial Regex Measured { get; }

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word { get; }

    [GeneratedRegex("(?:星期|周)[一二三四五六日天]")]
    private static partial Regex ChineseWeekday { get; }

    [GeneratedRegex(@"\b(?:daily|every day|taglich|jeden tag|tous les jours|chaque jour|quotidien\w*)\b|每天|每日")]
    private static partial Regex Daily { get; }

    [GeneratedRegex(@"\bp\.?\s?m\b|\b(?:afternoon|evening|nachmittag\w*|abend\w*|apres-midi|soir\w*)\b|下午|晚上")]
    private static partial Regex Afternoon { get; }

    [GeneratedRegex(@"\b(?:weekdays?|working days?|workdays?|werktag\w*|wochentag\w*|jours ouvr\w+|en semaine)\b|工作日")]
    private static partial Regex Workdays { get; }
}
