using System.Text.RegularExpressions;

namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>What stands in front of the items of a list: bullets, dashes, numbers, letters.</summary>
internal static partial class ListMarker
{
    /// <summary>The text is a marker and nothing else.</summary>
    public static bool IsAlone(string text) => text.Length <= 8 && Alone().IsMatch(text);

    /// <returns>The length of the marker at the beginning with the blanks behind it; 0 when there is none.</returns>
    public static int LengthAt(string text) => AtStart().Match(text) is { Success: true } match ? match.Length : 0;

    /// <summary>The marker is no bullet that a dash or an asterisk within a sentence could be taken for.</summary>
    public static bool IsBullet(char c) => c is '•' or '◦' or '‣' or '▪' or '■' or '□' or '○' or '►' or '➢' or '➔' or '✓' or '✔' or '·' or '∙' or '♦' or '❖';

    private const string Bullets = "[•◦‣▪■□○►➢➔✓✔·∙♦❖]";

    [GeneratedRegex(@"^(?:" + Bullets + @"|[-–—*o]|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"^(?:" + Bullets + @"\s*|[-–—*]\s+|\(?\d{1,3}[.)]\s+|\(?[a-zA-Z]\)\s+|[a-z]\.\s+|\(?[ivx]{1,5}[.)]\s+)(?=\S)")]
    private static partial Regex AtStart();
}
