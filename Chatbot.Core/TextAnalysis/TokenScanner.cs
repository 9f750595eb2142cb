namespace Chatbot.Core.TextAnalysis;

/// <summary>What kind of token a scanner found.</summary>
internal enum TokenKind
{
    /// <summary>A word, number or identifier.</summary>
    Word,

    /// <summary>A run of characters to be cut into bigrams.</summary>
    Dense,
}

/// <summary>
/// Cuts a text into tokens. The cut is the same in every language; identifiers stay whole. Allocates nothing and
/// reads each character a bounded number of times.
/// </summary>
internal ref struct TokenScanner(ReadOnlySpan<char> text)
{
    /// <summary>A longer run is cut: it is data, not a word.</summary>
    private const int LongestToken = 512;

    private readonly ReadOnlySpan<char> text = text;
    private int next;

    public int Start { get; private set; }

    public int Length { get; private set; }

    public TokenKind Kind { get; private set; }

    public bool MoveNext()
    {
        while (next < text.Length)
        {
            var found = CharClasses.At(text, next, out var length);
            switch (found)
            {
                case CharClass.Letter or CharClass.Digit:
                    return Take(next, WordEnd(next), TokenKind.Word);
                case CharClass.Dense:
                    return Take(next, DenseEnd(next), TokenKind.Dense);
                case CharClass.Connector when PrefixLength(next) is > 0 and var prefix:
                    return Take(next, WordEnd(next + prefix), TokenKind.Word);
                default:
                    next += length;
                    break;
            }
        }

        return false;
    }

    private bool Take(int start, int end, TokenKind kind)
    {
        (Start, Length, Kind, next) = (start, end - start, kind, end);
        return true;
    }

    private readonly int DenseEnd(int i)
    {
        var end = i;
        while (i < text.Length)
        {
            var found = CharClasses.At(text, i, out var length);
            if (found is not (CharClass.Dense or CharClass.Ignorable)) break;
            i += length;
            if (found == CharClass.Dense) end = i;
        }

        return end;
    }

    private readonly int WordEnd(int i)
    {
        var start = i;
        while (i < text.Length && i - start < LongestToken)
        {
            var found = CharClasses.At(text, i, out var length);
            if (found is CharClass.Letter or CharClass.Digit or CharClass.Ignorable) i += length;
            else if (found == CharClass.Connector && ConnectorLength(start, i) is > 0 and var connector) i += connector;
            else break;
            if (text[i - 1] is '+' or '#') break;
        }

        return Math.Min(i, text.Length);
    }

    // Options (-v, --force), absolute paths (/etc, ~/.bashrc gives /.bashrc) and names with a leading dot or underscore
    // begin with a connector; only at the beginning of a word, or every dash of a list would join.
    private readonly int PrefixLength(int i)
    {
        if (i > 0 && !char.IsWhiteSpace(text[i - 1]) && !"([{\"'`=|<>~“„»«”".Contains(text[i - 1])) return 0;
        var length = text[i] switch
        {
            '-' => i + 1 < text.Length && text[i + 1] == '-' ? 2 : 1,
            '/' => i + 1 < text.Length && text[i + 1] == '.' ? 2 : 1,
            '_' => i + 1 < text.Length && text[i + 1] == '_' ? 2 : 1,
            '.' => 1,
            _ => 0,
        };
        if (length == 0 || !IsWordAt(i + length)) return 0;
        // "-5" and ".5" are numbers; the sign is no part of the term.
        return text[i] is '-' or '.' && char.IsAsciiDigit(text[i + length]) ? 0 : length;
    }

    // How many connector characters may stand here inside a word; 0 ends the word.
    private readonly int ConnectorLength(int start, int i)
    {
        var c = text[i];
        var following = i + 1 < text.Length ? text[i + 1] : ' ';
        switch (c)
        {
            case '_':
                return IsWordAt(i + 1) ? 1 : following == '_' && IsWordAt(i + 2) ? 2 : 0;
            case '/' when following == '.' && IsWordAt(i + 2):
                return 2;
            case ':' when following == ':' && IsWordAt(i + 2):
                return 2;
            case ':' when following == '/' && i + 2 < text.Length && text[i + 2] == '/' && IsWordAt(i + 3):
                return 3;
            case ':' or ',':
                return char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(following) ? 1 : 0;
            case '+':
                // C++, and C++17 as two words.
                return i - start <= 3 && following == '+' && !IsLetterAt(i + 2) ? 2 : 0;
            case '#':
                return i - start == 1 && !IsWordAt(i + 1) ? 1 : 0;
            case '\'' or '’' or 'ʼ' or '＇':
                return char.IsLetter(text[i - 1]) && char.IsLetter(following) && IsWordAt(i + 1) ? 1 : 0;
            default:
                return IsWordAt(i + 1) ? 1 : 0;
        }
    }

    private readonly bool IsLetterAt(int i) => i < text.Length && CharClasses.At(text, i, out _) is CharClass.Letter;

    private readonly bool IsWordAt(int i) =>
        i < text.Length && CharClasses.At(text, i, out _) is CharClass.Letter or CharClass.Digit;
}
