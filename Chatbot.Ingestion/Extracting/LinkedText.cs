using System.Text;
using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>A line, cell or paragraph as a file has it, with links on its words.</summary>
internal sealed record LinkedText(string Text, IReadOnlyList<TextLink> Links)
{
    /// <returns>With single blanks, as blocks have it.</returns>
    public LinkedText Tidy()
    {
        var text = new StringBuilder(Text.Length);
        // For each character of the text, and its end: where it stands in the tidy one.
        var places = new int[Text.Length + 1];
        for (var i = 0; i < Text.Length; i++)
        {
            places[i] = text.Length;
            if (!char.IsWhiteSpace(Text[i])) text.Append(Text[i]);
            else if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
        }

        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        places[Text.Length] = text.Length;
        var links = new List<TextLink>(Links.Count);
        foreach (var link in Links)
        {
            int start = Math.Min(places[link.Start], text.Length), end = Math.Min(places[link.Start + link.Length], text.Length);
            while (end > start && text[end - 1] == ' ') end--;
            while (start < end && text[start] == ' ') start++;
            if (start < end) links.Add(link with { Start = start, Length = end - start });
        }

        return new(text.ToString(), links);
    }

    /// <summary>Several as one, a blank apart.</summary>
    public static LinkedText Join(IEnumerable<(string Text, IReadOnlyList<TextLink>? Links)> parts)
    {
        var text = new StringBuilder();
        var links = new List<TextLink>();
        foreach (var (part, some) in parts)
        {
            if (text.Length > 0) text.Append(' ');
            if (TextLinks.Shift(some, text.Length) is { } shifted) links.AddRange(shifted);
            text.Append(part);
        }

        return new(text.ToString(), links);
    }
}
