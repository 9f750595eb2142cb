using System.Globalization;
using System.Text.Json;

namespace Chatbot.Web.Languages;

/// <summary>The lines of the pages in one language, from <c>Languages/{code}.json</c>, and how it writes numbers and times. Safe for concurrent use.</summary>
internal sealed class Texts
{
    public const string Fallback = "en";

    private static readonly Dictionary<string, Texts> All = new[] { "de", "en", "fr", "zh" }.ToDictionary(code => code, code => new Texts(code));

    private readonly Dictionary<string, string> _lines;
    private readonly CultureInfo _culture;

    private Texts(string code)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"texts/{code}")
            ?? throw new InvalidOperationException($"The assembly lacks the texts of '{code}'.");
        _lines = JsonSerializer.Deserialize(file, WebJson.Default.DictionaryStringString)!;
        _culture = CultureInfo.GetCultureInfo(code);
        Code = code;
    }

    /// <summary>Two-letter codes and what the languages call themselves, in alphabetical order.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } =
        [("de", "Deutsch"), ("en", "English"), ("fr", "Français"), ("zh", "中文")];

    public string Code { get; }

    public IReadOnlyDictionary<string, string> Lines => _lines;

    /// <summary>The line of that key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public string this[string key] => _lines[key];

    /// <summary>Null when the language is not among <see cref="Languages"/>.</summary>
    public static Texts? Find(string? code) => code is null ? null : All.GetValueOrDefault(code.Split('-', '_')[0].Trim().ToLowerInvariant());

    /// <summary>The line with <c>{0}</c>, <c>{1}</c> … filled in.</summary>
    public string Fill(string key, params object?[] values) => string.Format(_culture, _lines[key], values);

    public string Number(long value) => value.ToString("N0", _culture);

    /// <summary>Amounts of a currency that the settings do not name: what one answer costs has four places.</summary>
    public string Money(decimal value) => value.ToString(value is > 0 and < 1 ? "N4" : "N2", _culture);

    /// <summary>Millions of bytes, with one place; the unit is the line's.</summary>
    public string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", _culture);

    public string Score(double value) => value.ToString("0.000", _culture);

    /// <summary>Day and minute, in UTC; scripts put the reader's own time zone in its place.</summary>
    public string Time(DateTimeOffset time) => time.UtcDateTime.ToString("g", _culture) + " UTC";

    public static string Duration(TimeSpan span) => span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>The lines below a prefix, without it: for scripts.</summary>
    public string ToJson(string prefix) => JsonSerializer.Serialize(
        _lines.Where(line => line.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(line => line.Key[prefix.Length..], line => line.Value),
        WebJson.Default.DictionaryStringString);
}
