using System.Collections.Frozen;
using System.Globalization;
using Chatbot.Core;

namespace Chatbot.Crawler.Likeness;

/// <summary>What is left of pages that differ by a number or a date alone: the same for all of them.</summary>
internal static class RecurringText
{
    private static readonly FrozenSet<string> s_dateWords = DateWords();

    /// <summary>Hash of a page's words without numbers and without names of months and days; 64 hexadecimal digits.</summary>
    public static string Hash(IReadOnlyList<string> words) =>
        Ids.Hash(string.Join(' ', words.Where(w => !w.Any(char.IsDigit) && !s_dateWords.Contains(w))));

    private static FrozenSet<string> DateWords()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var language in new[] { "en", "de", "fr", "es", "it", "nl", "pl", "pt", "da", "sv", "nb", "fi", "cs", "hu", "ro", "tr", "ru", "uk", "el" })
        {
            var names = CultureInfo.GetCultureInfo(language).DateTimeFormat;
            foreach (var name in names.MonthNames.Concat(names.MonthGenitiveNames).Concat(names.AbbreviatedMonthNames).Concat(names.DayNames)
                .Concat(names.AbbreviatedDayNames).Concat(names.ShortestDayNames))
                words.UnionWith(PageWords.Of(name));
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
