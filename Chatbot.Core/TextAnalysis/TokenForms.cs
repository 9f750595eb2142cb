using System.Buffers;

namespace Chatbot.Core.TextAnalysis;

/// <summary>One term of a token, its places relative to the token.</summary>
internal readonly record struct Form(string Text, TermKind Kind, int Position, int Start, int Length);

/// <summary>All terms of a token, in order of position, and the number of positions that it takes.</summary>
internal sealed record TokenForms(Form[] Forms, int Positions);

/// <summary>
/// Makes the terms of one token. How many there are and of what kind does not depend on the language, only the stems
/// do: the terms of a question in two languages lie side by side.
/// </summary>
internal ref struct TokenFormsBuilder(ReadOnlySpan<char> token, WordNormalizer words)
{
    private const int MostParts = 32;

    private static readonly SearchValues<char> InnerConnectors = SearchValues.Create("_.&,'");

    private readonly ReadOnlySpan<char> token = token;
    private readonly List<Form> forms = [];
    private int position;
    private int parts;

    public TokenForms Build()
    {
        if (IsAll(0, token.Length, letters: true)) AddWord(0, token.Length, TermKind.Word);
        else if (IsAll(0, token.Length, letters: false)) AddLeaf(Folding.Fold(token), TermKind.Number, 0, token.Length);
        else AddCompound();

        if (position == 0) position = 1;
        return new TokenForms([.. forms], position);
    }

    private void AddCompound()
    {
        var shape = TokenShape.Of(token);
        if (shape == TokenShape.Letters)
        {
            // "and/or", "Köln/Bonn", "E-Mail": words in their own right; hyphens also join.
            AddSegments('/');
            return;
        }

        if (shape == TokenShape.Initials)
        {
            // "U.S.A." is "USA", "z. B." written "z.B." is "zB"; its single letters would match anything.
            AddLeaf(Without(token, "."), TermKind.Joined, 0, token.Length);
            return;
        }

        Add(Exact(token), TermKind.Identifier, 0, token.Length);
        if (PlainNumber.Of(token) is { } number) Add(number, TermKind.Number, 0, token.Length);
        if (IsNumbered()) Add(Without(token, "-_\u2010\u2011"), TermKind.Joined, 0, token.Length);
        AddInnerIdentifiers();
        AddParts();
    }

    private void AddSegments(char separator)
    {
        var start = 0;
        for (var i = 0; i <= token.Length; i++)
        {
            if (i < token.Length && token[i] != separator) continue;
            if (i > start) AddHyphenated(start, i - start);
            start = i + 1;
        }
    }

    private void AddHyphenated(int start, int length)
    {
        var segment = token.Slice(start, length);
        var hyphens = segment.IndexOfAny("-\u2010\u2011") >= 0;
        if (hyphens && length <= TextAnalyzer.LongestTerm)
            Add(words.Term(Without(segment, "-\u2010\u2011")), TermKind.Joined, start, length);

        var from = start;
        for (var i = start; i <= start + length; i++)
        {
            if (i < start + length && !IsHyphen(token[i])) continue;
            // A lone letter belongs to what follows: "E-Mail-Adresse" holds "email" too, "S-Bahn-Hof" "sbahn".
            if (i - from == 1 && i < start + length)
            {
                var second = token[(i + 1)..(start + length)];
                var end = second.IndexOfAny("-\u2010\u2011");
                if (end > 1)
                    Add(words.Term(string.Concat(token.Slice(from, 1), second[..end])), TermKind.Joined, from, end + 2);
            }

            if (i > from) AddWord(from, i - from, hyphens ? TermKind.Part : TermKind.Word);
            from = i + 1;
        }
    }

    // What is an identifier itself within a path, an address or a word with hyphens: sources.list, example.org, the node.js
    // of "node.js-Server", the 2.1.3 of v2.1.3-beta.
    private readonly void AddInnerIdentifiers()
    {
        var start = 0;
        for (var i = 0; i <= token.Length && forms.Count < MostParts; i++)
        {
            if (i < token.Length && token[i] is not ('/' or '\\' or '@' or ':') && !IsHyphen(token[i])) continue;
            var segment = token[start..i];
            if (segment.Length is > 2 and <= TextAnalyzer.LongestTerm && segment.IndexOfAny(InnerConnectors) > 0)
            {
                if (segment.Length < token.Length) Add(Exact(segment), TermKind.Identifier, start, segment.Length);
                if (segment[0] is 'v' or 'V' && IsDigit(segment[1])) Add(Exact(segment[1..]), TermKind.Identifier, start + 1, segment.Length - 1);
            }

            start = i + 1;
        }
    }

    // "UTF-8" is also written "UTF8", "COVID-19" "COVID19".
    private readonly bool IsNumbered()
    {
        var at = token.IndexOfAny("-_\u2010\u2011");
        return at > 0 && at < token.Length - 1 && IsAll(0, at, letters: true) && IsAll(at + 1, token.Length - at - 1, letters: false);
    }

    private void AddParts()
    {
        var start = -1;
        for (var i = 0; i <= token.Length; i++)
        {
            var isWord = i < token.Length && CharClasses.Of(token[i]) is not CharClass.Connector;
            if (isWord && start < 0) start = i;
            if (isWord || start < 0) continue;
            AddPart(start, i - start);
            start = -1;
        }
    }

    private void AddPart(int start, int length)
    {
        if (parts >= MostParts) return;
        if (IsAll(start, length, letters: true))
        {
            AddWord(start, length, TermKind.Part);
            return;
        }

        var part = token.Slice(start, length);
        if (IsAll(start, length, letters: false))
        {
            AddLeaf(Exact(part), TermKind.Part, start, length);
            return;
        }

        // Letters and digits together: "v2", "utf8". Single letters and digits beside the whole would be noise.
        if (length < token.Length) Add(Exact(part), TermKind.Part, start, length);
        var from = start;
        var before = forms.Count;
        for (var i = start + 1; i <= start + length; i++)
        {
            if (i < start + length && IsDigit(token[i]) == IsDigit(token[i - 1])) continue;
            if (i - from > 1)
            {
                if (IsDigit(token[from])) AddLeaf(Exact(token[from..i]), TermKind.Part, from, i - from);
                else AddWord(from, i - from, TermKind.Part);
            }

            from = i;
        }

        if (forms.Count == before) position++;
    }

    private void AddWord(int start, int length, TermKind kind)
    {
        var word = token.Slice(start, length);
        var wordPosition = position;
        AddLeaf(words.Term(word), kind, start, length);
        if (parts >= MostParts || length > TextAnalyzer.LongestTerm) return;

        var humps = CamelCase.Parts(word);
        if (humps.Length == 0) return;
        position = wordPosition;
        foreach (var hump in humps)
        {
            var (from, end) = (hump.Start.Value, hump.End.Value);
            AddLeaf(words.Term(word[from..end]), TermKind.Part, start + from, end - from);
        }
    }

    private void AddLeaf(string text, TermKind kind, int start, int length)
    {
        Add(text, kind, start, length);
        position++;
        parts++;
    }

    private readonly void Add(string text, TermKind kind, int start, int length)
    {
        if (text.Length > 0) forms.Add(new Form(TextAnalyzer.Bounded(text), kind, position, start, length));
    }

    private readonly bool IsAll(int start, int length, bool letters)
    {
        for (var i = start; i < start + length; i++)
        {
            var found = CharClasses.Of(token[i]);
            var fits = letters
                ? found is CharClass.Letter or CharClass.Surrogate or CharClass.Ignorable || TokenShape.IsApostrophe(token[i])
                : found is CharClass.Digit;
            if (!fits) return false;
        }

        return true;
    }

    private static bool IsDigit(char c) => CharClasses.Of(c) == CharClass.Digit;

    private static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011';

    private static string Exact(ReadOnlySpan<char> text) => Folding.Fold(text);

    private static string Without(ReadOnlySpan<char> text, ReadOnlySpan<char> dropped)
    {
        Span<char> kept = stackalloc char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (!dropped.Contains(c)) kept[count++] = c;
        }

        return Folding.Fold(kept[..count]);
    }
}
