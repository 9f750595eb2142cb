using System.Globalization;
using System.Text.RegularExpressions;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>What <c>pdfinfo</c> says of a file.</summary>
/// <param name="Form">What kind of form it holds: "none", "AcroForm" or "XFA"; null when not told.</param>
internal sealed partial record PdfInfo(string? Title, string? Author, string? Subject, DateTimeOffset? Created, DateTimeOffset? Modified, int Pages, string? Form)
{
    public static readonly PdfInfo Unknown = new(null, null, null, null, null, 0, null);

    /// <param name="output">Of <c>pdfinfo -isodates</c>.</param>
    public static PdfInfo Parse(string output)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n'))
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && line[(colon + 1)..].Trim() is { Length: > 0 } value) values.TryAdd(line[..colon], value);

        return new(
            Meaningful(values.GetValueOrDefault("Title"), values.GetValueOrDefault("Producer")),
            values.GetValueOrDefault("Author"),
            values.GetValueOrDefault("Subject"),
            Date(values.GetValueOrDefault("CreationDate")),
            Date(values.GetValueOrDefault("ModDate")),
            int.TryParse(values.GetValueOrDefault("Pages"), NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages : 0,
            values.GetValueOrDefault("Form"));
    }

    // Programs write what they like: "Microsoft Word - Preise_neu2.doc", "untitled", "Layout 1", the name of a scanner.
    internal static string? Meaningful(string? title, string? producer)
    {
        if (title is null || title.Length < 3 || title.Length > 300 || title == producer || !title.Any(char.IsLetter)) return null;
        title = Maker().Replace(title, "").Trim();
        return title.Length < 3 || NoTitle().IsMatch(title) || title.Contains('\uFFFD', StringComparison.Ordinal) ? null : title;
    }

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    [GeneratedRegex(@"^(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel) - |PowerPoint[- ]Pr\p{L}+\s*$)", RegexOptions.IgnoreCase)]
    private static partial Regex Maker();

    [GeneratedRegex(@"^(?:untitled|unbenannt|ohne titel|sans titre|document\s*\d*|dokument\s*\d*|layout\s*\d*|scan\w*|print|slide \d+|\S+\.(?:docx?|odt|pdf|indd|qxd|xlsx?|pptx?|tex|dvi|ps|fm|rtf|html?))$", RegexOptions.IgnoreCase)]
    private static partial Regex NoTitle();
}
