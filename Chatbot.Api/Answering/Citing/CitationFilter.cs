using System.Globalization;
using System.Text;

namespace Chatbot.Api.Answering.Citing;

/// <summary>
/// Takes citations out of a text that grows piece by piece, unless they name a passage there is: <c>[9]</c> of three
/// passages goes, <c>[1, 9]</c> becomes <c>[1]</c>. Within backticks brackets are code and stay. Not safe for concurrent use.
/// </summary>
/// <param name="passages">Citations may be 1 to this.</param>
internal sealed class CitationFilter(int passages)
{
    // "[1, 2, 3, 4, 5, 6]" and no more: a bracket that goes on is text.
    private const int LongestCitation = 32;

    private readonly StringBuilder held = new();
    private readonly SortedSet<int> cited = [];
    private bool inCode;

    /// <summary>The numbers that were let through.</summary>
    public IReadOnlyCollection<int> Cited => cited;

    /// <returns>What can be shown by now; may be empty.</returns>
    public string Next(string piece)
    {
        var shown = new StringBuilder(piece.Length);
        foreach (var c in piece)
            Take(c, shown);
        return shown.ToString();
    }

    /// <returns>What was held back at the end of the text.</returns>
    public string End()
    {
        var rest = held.ToString();
        held.Clear();
        return rest.TrimEnd();
    }

    private void Take(char c, StringBuilder shown)
    {
        if (c == '`') inCode = !inCode;
        if (inCode)
        {
            Release(shown);
            shown.Append(c);
        }
        else if (InBracket() && (char.IsAsciiDigit(c) || c is ',' or ' ' or ';') && held.Length < LongestCitation)
        {
            held.Append(c);
        }
        else if (InBracket() && c == ']')
        {
            Decide(shown);
        }
        else if (c == '[')
        {
            if (InBracket() || held.Length == 0 || held[^1] != ' ') Release(shown);
            held.Append(c);
        }
        else
        {
            Release(shown);
            // A blank waits for what follows: before a citation that is taken out, it goes as well.
            if (c == ' ') held.Append(c);
            else shown.Append(c);
        }
    }

    private bool InBracket() => held.Length > 0 && (held[0] == '[' || (held.Length > 1 && held[1] == '['));

    private void Decide(StringBuilder shown)
    {
        var text = held.ToString();
        held.Clear();
        var inner = text[(text.IndexOf('[', StringComparison.Ordinal) + 1)..];
        if (inner.Trim().Length == 0)
        {
            shown.Append(text).Append(']');
            return;
        }

        var numbers = inner.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .Where(number => number >= 1 && number <= passages)
            .ToList();
        if (numbers.Count == 0)
            return;
        if (text[0] == ' ') shown.Append(' ');
        foreach (var number in numbers)
        {
            cited.Add(number);
            shown.Append(CultureInfo.InvariantCulture, $"[{number}]");
        }
    }

    private void Release(StringBuilder shown)
    {
        shown.Append(held);
        held.Clear();
    }
}
