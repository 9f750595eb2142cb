using System.Text;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Collects the characters of a block as a browser would set them: blanks collapse, line breaks are asked for.</summary>
internal sealed class InlineText
{
    // Of one block; a list of links in a paragraph's clothes has hundreds.
    private const int MostLinks = 100;

    private readonly StringBuilder text = new();
    private readonly List<TextLink> links = [];
    private bool blankPending;
    private string? openLink;
    private int linkStart = -1;

    public bool IsEmpty => text.Length == 0;

    public char Last => text.Length == 0 ? '\0' : blankPending ? ' ' : text[^1];

    public void Append(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (IsBlank(c)) blankPending = true;
            else if (!IsInvisible(c)) AppendVisible(c);
        }
    }

    public void AppendBlank() => blankPending = true;

    public void AppendLineBreak()
    {
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
        blankPending = false;
    }

    /// <summary>What comes from here on is on a link.</summary>
    public void BeginLink(string target)
    {
        EndLink();
        openLink = target;
    }

    public void EndLink()
    {
        CutLink();
        openLink = null;
    }

    /// <returns>The text so far with its links, as <see cref="Take()"/> gives it; null for no links.</returns>
    public string Take(out IReadOnlyList<TextLink>? linked)
    {
        CutLink();
        linked = links.Count == 0 ? null : [.. links];
        links.Clear();
        return Take();
    }

    /// <returns>The text so far, without blanks at its ends; empties the collector.</returns>
    public string Take()
    {
        var length = text.Length;
        while (length > 0 && text[length - 1] is '\n' or ' ') length--;
        var taken = text.ToString(0, length);
        text.Clear();
        links.Clear();
        linkStart = -1;
        blankPending = false;
        return taken;
    }

    /// <summary>A single line of it.</summary>
    public static string Collapse(ReadOnlySpan<char> part)
    {
        var inline = new InlineText();
        inline.Append(part);
        return inline.Take();
    }

    /// <summary>Text of a <c>pre</c>: blanks and line breaks stay.</summary>
    public static void AppendVerbatim(StringBuilder target, ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (c == '\r' || IsInvisible(c)) continue;
            target.Append(c is '\u00A0' or '\f' ? ' ' : c);
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f' or '\v' or '\u0085' or '\u00A0' or '\u1680'
        or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    // Soft hyphen, zero-width space and joiner marks, direction marks, byte order mark, control characters. The
    // zero-width (non-)joiner stays: Persian and Indic words are spelt with it.
    private static bool IsInvisible(char c) => c is '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (< ' ' and not ('\n' or '\t' or '\r' or '\f' or '\v')) or '\u007F';

    private void AppendVisible(char c)
    {
        if (blankPending && text.Length > 0 && text[^1] != '\n') text.Append(' ');
        blankPending = false;
        if (openLink is not null && linkStart < 0) linkStart = text.Length;
        text.Append(c);
    }

    // A link over several blocks goes on in the next one.
    private void CutLink()
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] is '\n' or ' ') end--;
        if (openLink is not null && linkStart >= 0 && linkStart < end && links.Count < MostLinks) links.Add(new(linkStart, end - linkStart, openLink));
        linkStart = -1;
    }
}
