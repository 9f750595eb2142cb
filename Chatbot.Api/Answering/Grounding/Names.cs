using System.Text.RegularExpressions;

namespace Chatbot.Api.Answering.Grounding;

/// <summary>
/// What a sentence calls by name so that no other word will do: identifiers, addresses and people. Single words with a
/// capital are not taken (German nouns have one, and first words), nor abbreviations, which are translated (GDPR, DSGVO). Pure.
/// </summary>
internal static partial class Names
{
    public static IEnumerable<string> Of(string sentence)
    {
        foreach (Match match in Signs.Matches(sentence)) yield return match.Value.TrimEnd('.', ',', ';', ':', ')');
        foreach (Match match in Titled.Matches(sentence)) yield return match.Groups[1].Value;
        foreach (Match match in ChinesePeople.Matches(sentence)) yield return match.Groups[1].Value;
    }

    // E-mail and web addresses, names with signs or capitals within.
    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|\bwww\.\S+|\b[A-Za-z]+[_]\w+|\b[a-z]+[A-Z]\w+|\b[A-Z][a-z]+[A-Z]\w+")]
    private static partial Regex Signs { get; }

    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Dr|Prof|Frau|Herrn?|Mme|Mlle|Monsieur|Madame|M)\.? (?:Dr\. |Prof\. )?(?:\p{Lu}\p{Ll}+ )?(\p{Lu}\p{Ll}+)")]
    private static partial Regex Titled { get; }

    [GeneratedRegex("([\\u4E00-\\u9FFF]{2,3})(?:先生|女士|小姐|博士|教授)")]
    private static partial Regex ChinesePeople { get; }
}
