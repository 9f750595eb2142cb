using System.Globalization;

namespace Chatbot.Html;

internal static class PageDates
{
    /// <returns>The moment a machine-readable date means, in UTC when it names no zone; null when it is none.</returns>
    public static DateTimeOffset? Read(string? text)
    {
        if (text is null || text.Length > 64) return null;
        return DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date)
            && date.Year > 1990 ? date : null;
    }
}
