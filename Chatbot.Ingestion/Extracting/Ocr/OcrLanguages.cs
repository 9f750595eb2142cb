using Chatbot.Core.TextAnalysis;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Chooses the languages that Tesseract reads with: a wrong one misreads, each further one takes time.</summary>
internal static class OcrLanguages
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["de"] = "deu", ["en"] = "eng", ["fr"] = "fra", ["es"] = "spa", ["it"] = "ita", ["nl"] = "nld", ["pt"] = "por", ["sv"] = "swe", ["da"] = "dan",
        ["no"] = "nor", ["fi"] = "fin", ["pl"] = "pol", ["cs"] = "ces", ["hu"] = "hun", ["ro"] = "ron", ["tr"] = "tur", ["ru"] = "rus", ["uk"] = "ukr",
        ["bg"] = "bul", ["sr"] = "srp", ["el"] = "ell", ["zh"] = "chi_sim", ["ja"] = "jpn", ["ko"] = "kor", ["ar"] = "ara", ["fa"] = "fas", ["he"] = "heb",
        ["th"] = "tha", ["hi"] = "hin",
    };

    /// <summary>Written in other letters than Latin ones: such a language is asked alone, when the page shows its script.</summary>
    private static readonly Dictionary<string, string[]> Scripts = new(StringComparer.Ordinal)
    {
        ["Han"] = ["chi_sim", "chi_tra", "jpn"], ["Japanese"] = ["jpn"], ["Hangul"] = ["kor"], ["Korean"] = ["kor"], ["Cyrillic"] = ["rus", "ukr", "bul", "srp"],
        ["Greek"] = ["ell"], ["Arabic"] = ["ara", "fas"], ["Hebrew"] = ["heb"], ["Thai"] = ["tha"], ["Devanagari"] = ["hin"],
    };

    /// <returns>Tesseract's name for the language of a text; null when it is not installed or not known.</returns>
    public static string? Of(string text, IReadOnlySet<string> installed) =>
        LanguageDetector.Detect(text) is { } code && Names.TryGetValue(code, out var name) && installed.Contains(name) ? name : null;

    /// <summary>What pages are read with when a site names its languages.</summary>
    /// <param name="wanted">Two-letter codes; none takes what is configured.</param>
    /// <returns>Tesseract's names, and those of the wanted ones that are not installed.</returns>
    public static (string Configured, IReadOnlyList<string> Missing) Choose(IReadOnlyList<string> wanted, string configured, IReadOnlySet<string> installed)
    {
        var names = wanted.Select(code => Names.GetValueOrDefault(code, code)).ToList();
        var there = names.Where(installed.Contains).ToList();
        return (there.Count > 0 ? string.Join('+', there) : configured, [.. names.Where(name => !installed.Contains(name))]);
    }

    /// <returns>For <c>-l</c>: the configured languages with Latin letters that are installed; without any, all that are; null when there are none.</returns>
    public static string? Latin(string configured, IReadOnlySet<string> installed)
    {
        var chosen = configured.Split('+').Where(installed.Contains).ToList();
        var latin = chosen.Where(name => !Scripts.Values.Any(s => s.Contains(name))).ToList();
        if (latin.Count > 0) return string.Join('+', latin);
        if (chosen.Count > 0) return string.Join('+', chosen);
        return installed.Contains("eng") ? "eng" : installed.FirstOrDefault(name => name != "osd");
    }

    /// <summary>Those of several languages that a page is read with at first: each further one takes a twelfth of the time, used or not.</summary>
    public static string Foremost(string languages) => string.Join('+', languages.Split('+').Take(2));

    /// <returns>Whether a language is one of several.</returns>
    public static bool Holds(string languages, string? language) => languages.Split('+').Contains(language, StringComparer.Ordinal);

    /// <returns>The first configured language that is not written in Latin letters and installed; null when there is none.</returns>
    public static string? OtherScript(string configured, IReadOnlySet<string> installed) =>
        configured.Split('+').FirstOrDefault(name => installed.Contains(name) && Scripts.Values.Any(s => s.Contains(name)));

    /// <param name="script">As Tesseract's orientation and script detection calls it.</param>
    /// <returns>The installed language of a script, a configured one before others; null for Latin and unknown scripts.</returns>
    public static string? OfScript(string script, string configured, IReadOnlySet<string> installed) =>
        !Scripts.TryGetValue(script, out var names) ? null
        : configured.Split('+').FirstOrDefault(name => names.Contains(name) && installed.Contains(name)) ?? names.FirstOrDefault(installed.Contains);
}
