using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>
/// What a question calls by its name: products, abbreviations, codes, places. Whoever asks about PgBouncer is not answered by
/// a page that does not know it, however near it is in meaning. Immutable.
/// </summary>
internal sealed class QuestionNames
{
    // A shorter number is a quantity as often as a name.
    private const int DigitsOfName = 3;

    // A question in capitals, or with a capital on every word, says nothing by them.
    private const double MostCapitals = 0.6;

    // They begin nouns with a capital.
    private static readonly string[] s_capitalNouns = ["de", "lb"];

    private readonly IReadOnlyList<IReadOnlyList<string>> _names;

    private QuestionNames(IReadOnlyList<IReadOnlyList<string>> names) => _names = names;

    /// <param name="terms">As the index looked the words up: a name that was typed wrongly is known by what it was taken for.</param>
    public static QuestionNames Of(string question, IReadOnlyList<QuestionTerm> terms)
    {
        var words = Words(question);
        if (words.Count == 0 || words.Count(w => char.IsUpper(w.Text[0])) > MostCapitals * words.Count) return new QuestionNames([]);
        var capitalsTell = LanguageDetector.Detect(question) is { } language && !s_capitalNouns.Contains(language);
        return new QuestionNames([.. words
            .Where(word => IsName(word.Text) || (capitalsTell && !word.OpensSentence && word.Text.Length > 1 && char.IsUpper(word.Text[0])))
            .Select(word => word.Text)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (IReadOnlyList<string>)[name, .. terms.FirstOrDefault(t => t.Text.Equals(name, StringComparison.OrdinalIgnoreCase))?.ReadAs ?? []])]);
    }

    /// <returns>The share of the names that stand in a chunk, its headings or its title, 0 to 1; 1 when the question has none.</returns>
    public double ShareIn(Chunk chunk) => _names.Count == 0 ? 1 : (double)_names.Count(name => name.Any(n => IsIn(n, chunk))) / _names.Count;

    // Capitals within, letters with digits, or a number that is no quantity.
    private static bool IsName(string word)
    {
        if (word.Length < 2) return false;
        var digits = word.Count(char.IsDigit);
        return digits == word.Length ? digits >= DigitsOfName : digits > 0 || word.Skip(1).Any(char.IsUpper);
    }

    private static List<(string Text, bool OpensSentence)> Words(string question)
    {
        var words = new List<(string, bool)>();
        var opens = true;
        for (var i = 0; i < question.Length;)
        {
            if (!char.IsLetterOrDigit(question[i]))
            {
                opens |= question[i] is '.' or '?' or '!' or ':' or '"' or '“' or '„' or '«' or '(';
                i++;
                continue;
            }

            var start = i;
            while (i < question.Length && char.IsLetterOrDigit(question[i])) i++;
            words.Add((question[start..i], opens));
            opens = false;
        }

        return words;
    }

    private static bool IsIn(string name, Chunk chunk) =>
        Stands(name, chunk.Text) || (chunk.Title is { } title && Stands(name, title)) || chunk.HeadingPath.Any(heading => Stands(name, heading));

    private static bool Stands(string name, string text)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            // At the start of a word: what follows may be an ending, or the rest of a compound.
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1])) return true;
        }

        return false;
    }
}
