namespace Chatbot.Core.TextAnalysis;

/// <summary>The outer form of a token that is neither all letters nor all digits.</summary>
internal readonly record struct TokenShape
{
    private readonly int kind;

    private TokenShape(int kind) => this.kind = kind;

    /// <summary>Letters with hyphens and slashes between them, not beginning with one.</summary>
    public static TokenShape Letters { get; } = new(1);

    /// <summary>Single letters with dots between them.</summary>
    public static TokenShape Initials { get; } = new(2);

    /// <summary>Anything else.</summary>
    public static TokenShape Identifier { get; } = new(0);

    public static TokenShape Of(ReadOnlySpan<char> token)
    {
        if (IsInitials(token)) return Initials;
        if (CharClasses.Of(token[0]) == CharClass.Connector) return Identifier;
        foreach (var c in token)
        {
            var found = CharClasses.Of(c);
            var fits = found is CharClass.Letter or CharClass.Surrogate or CharClass.Ignorable
                || c is '-' or '\u2010' or '\u2011' or '/' || IsApostrophe(c);
            if (!fits) return Identifier;
        }

        return token.Contains("//", StringComparison.Ordinal) ? Identifier : Letters;
    }

    public static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ' or '＇';

    private static bool IsInitials(ReadOnlySpan<char> token)
    {
        if (token.Length is < 3 or > 11 || token.Length % 2 == 0) return false;
        for (var i = 0; i < token.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(token[i]) : token[i] != '.') return false;
        }

        return true;
    }
}
