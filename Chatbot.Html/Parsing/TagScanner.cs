using System.Buffers;

namespace Chatbot.Html;

internal enum TagKind
{
    Start,
    End,

    /// <summary>Comment, doctype, processing instruction, or a bracket that is text.</summary>
    Other,
}

/// <param name="End">Place after the tag.</param>
internal readonly record struct Tag(TagKind Kind, string Name, int End, bool SelfClosing);

/// <summary>Finds the tags of a text as the HTML tokenizer does, without their attributes.</summary>
internal static class TagScanner
{
    private const int LongestName = 64;
    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f/>");
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Names = CommonNames();

    /// <param name="at">Place of a <c>&lt;</c>.</param>
    public static Tag Read(string text, int at)
    {
        var rest = text.AsSpan(at + 1);
        if (rest.IsEmpty) return new(TagKind.Other, "", text.Length, false);
        if (rest[0] is '!' or '?') return new(TagKind.Other, "", at + 1 + MarkupEnd(rest), false);
        var end = rest[0] == '/';
        var nameStart = end ? 1 : 0;
        if (nameStart >= rest.Length || !char.IsAsciiLetter(rest[nameStart])) return new(TagKind.Other, "", at + 1, false);

        var name = rest[nameStart..];
        var nameLength = name.IndexOfAny(NameEnd);
        if (nameLength < 0) nameLength = name.Length;
        var tagEnd = AttributesEnd(name[nameLength..], out var selfClosing);
        return new(end ? TagKind.End : TagKind.Start, Intern(name[..nameLength]), at + 1 + nameStart + nameLength + tagEnd, selfClosing);
    }

    /// <returns>Where markup goes on after a start tag: at once, or at the end tag of an element that holds no markup.</returns>
    public static int SkipRawText(string text, Tag start)
    {
        if (!TagNames.RawText.Contains(start.Name)) return start.Name == "plaintext" ? text.Length : start.End;
        var from = start.End;
        while (true)
        {
            var found = text.AsSpan(from).IndexOf("</", StringComparison.Ordinal);
            if (found < 0) return text.Length;
            from += found;
            if (text.AsSpan(from + 2).StartsWith(start.Name, StringComparison.OrdinalIgnoreCase)) return from;
            from += 2;
        }
    }

    private static int MarkupEnd(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("!--"))
        {
            if (rest[3..].StartsWith(">")) return 4;
            var close = rest[3..].IndexOf("-->", StringComparison.Ordinal);
            return close < 0 ? rest.Length : 3 + close + 3;
        }

        var bracket = rest.IndexOf('>');
        return bracket < 0 ? rest.Length : bracket + 1;
    }

    private static int AttributesEnd(ReadOnlySpan<char> rest, out bool selfClosing)
    {
        selfClosing = false;
        var at = 0;
        while (true)
        {
            var step = rest[at..].IndexOfAny('>', '"', '\'');
            if (step < 0) return rest.Length;
            at += step;
            if (rest[at] == '>')
            {
                selfClosing = at > 0 && rest[at - 1] == '/';
                return at + 1;
            }

            // A quote opens a value only after an equals sign; elsewhere it is a character as any other.
            var quote = rest[at];
            var before = rest[..at].TrimEnd(" \t\r\n\f");
            at++;
            if (before.IsEmpty || before[^1] != '=') continue;
            var close = rest[at..].IndexOf(quote);
            if (close < 0) return rest.Length;
            at += close + 1;
        }
    }

    private static string Intern(ReadOnlySpan<char> name)
    {
        if (Names.TryGetValue(name, out var known)) return known;
        return (name.Length > LongestName ? name[..LongestName] : name).ToString().ToLowerInvariant();
    }

    private static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> CommonNames()
    {
        const string names = "a abbr article aside b blockquote body br button code dd div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input label li link main meta nav noscript ol option p path picture pre script section select small source span strong style sub sup svg table tbody td th thead title tr u ul use";
        return names.Split(' ').ToDictionary(n => n, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
