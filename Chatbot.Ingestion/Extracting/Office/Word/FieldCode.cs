using System.Text;
using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Word;

/// <summary>A field of a text while it is read: first its code, such as <c>HYPERLINK "https://…" \l "part"</c>, then what it shows.</summary>
internal sealed partial class FieldCode
{
    private readonly StringBuilder _code = new();

    /// <summary>Whether what comes is still its code.</summary>
    public bool IsCode { get; private set; } = true;

    /// <summary>Where its words begin.</summary>
    public int Start { get; private set; }

    /// <summary>Where it leads; null when it is no link out of the document.</summary>
    public string? Target { get; private set; }

    public void Append(string code)
    {
        if (_code.Length < 2 * LinkTarget.Longest) _code.Append(code);
    }

    /// <param name="start">Where what it shows begins.</param>
    public void Show(int start) => (IsCode, Start, Target) = (false, start, TargetOf(_code.ToString()));

    /// <returns>Where a field with this code leads; null when it is no link out of the document.</returns>
    public static string? TargetOf(string? code)
    {
        if (code is null || Link().Match(code) is not { Success: true } link) return null;
        // Without an address, "\l" alone is a place within the document.
        var address = (link.Groups["quoted"].Success ? link.Groups["quoted"].Value.Replace(@"\\", @"\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal) : link.Groups["plain"].Value).Trim();
        if (address.Length == 0) return null;
        return LinkTarget.Clean(Place().Match(code, link.Index + link.Length) is { Success: true } place ? $"{address}#{place.Groups[1].Value}" : address);
    }

    [GeneratedRegex("""^\s*HYPERLINK\s+(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s"\\]\S*))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("""\\l\s+"?([^\s"\\#]+)"?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
