namespace Chatbot.Core.TextAnalysis;

/// <summary>
/// Questions are often typed without accents, but French, Spanish, Italian and Portuguese stemmers know some endings
/// only with them: "securite" must meet "sécurité". Gives the stem that the accented ending would have.
/// </summary>
internal static class AccentedEndings
{
    private static readonly Dictionary<string, (string Plain, string Accented)[]> Endings = new()
    {
        ["fr"] = [("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée"), ("e", "é")],
        ["es"] = [("cion", "ción"), ("sion", "sión"), ("logia", "logía"), ("ia", "ía")],
        ["it"] = [("ita", "ità")],
        ["pt"] = [("cao", "ção"), ("coes", "ções"), ("encia", "ência")],
    };

    /// <summary>The further terms of a word, one a language at most; none for a word written with accents.</summary>
    public static IEnumerable<string> Of(Term word, List<TextAnalyzer> analyzers)
    {
        if (word.Kind != TermKind.Word || word.Text.Length < 5) yield break;
        foreach (var analyzer in analyzers)
        {
            if (analyzer.Language is null || !Endings.TryGetValue(analyzer.Language, out var endings)) continue;
            foreach (var (plain, accented) in endings)
            {
                if (!word.Text.EndsWith(plain, StringComparison.Ordinal)) continue;
                yield return analyzer.TermOf(string.Concat(word.Text.AsSpan(0, word.Text.Length - plain.Length), accented));
                break;
            }
        }
    }
}
