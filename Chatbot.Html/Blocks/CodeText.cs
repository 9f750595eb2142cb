namespace Chatbot.Html;

internal static class CodeText
{
    /// <summary>Takes off empty lines at both ends and blanks at the end of lines; the indent stays.</summary>
    public static string Trim(string code)
    {
        var lines = code.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0) return "";
        var last = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        return string.Join('\n', lines[first..(last + 1)].Select(line => line.TrimEnd()));
    }
}
