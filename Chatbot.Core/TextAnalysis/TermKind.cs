namespace Chatbot.Core.TextAnalysis;

/// <summary>What a term stands for in the text.</summary>
public enum TermKind
{
    /// <summary>A word, stemmed where the language has a stemmer, without accents.</summary>
    Word,

    /// <summary>A number, also a written one without its separators ("1600" for "1,600").</summary>
    Number,

    /// <summary>The exact form of an identifier, version, path, address or code, folded but not stemmed.</summary>
    Identifier,

    /// <summary>A piece of an identifier or of a number; letters are stemmed like a word.</summary>
    Part,

    /// <summary>A word with hyphens or an abbreviation with dots, or a number in groups, written together: "email" for "E-Mail".</summary>
    Joined,

    /// <summary>Two neighbouring characters of a script without blanks, or a single one that stands alone.</summary>
    Bigram,
}
