using System.Text;

namespace Chatbot.Api.Answering;

/// <summary>Lets only questions in that can be answered. Pure.</summary>
public static class QuestionGuard
{
    /// <summary>Characters of a question at most: four pages of a letter; who pastes more wants something else than an answer.</summary>
    public const int LongestQuestion = 8_000;

    /// <param name="cleaned">Without control characters (line breaks and tabs become blanks) and blanks around it.</param>
    /// <returns>Why it is not let in, or null when it is.</returns>
    internal static AskProblem? Check(string? question, out string cleaned)
    {
        cleaned = "";
        // Measured before cleaning: what is to be refused for its length is not worth reading.
        if (question?.Length > LongestQuestion)
            return AskProblem.TooLong;
        cleaned = Clean(question ?? "");
        return cleaned.Length == 0 ? AskProblem.Empty : null;
    }

    private static string Clean(string question)
    {
        var text = new StringBuilder(question.Length);
        foreach (var rune in question.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t')
                text.Append(' ');
            // Lone surrogates come as U+FFFD and say nothing; formatting characters hide words from readers.
            else if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar && rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or >= 0xE0000 and <= 0xE007F))
                text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }
}
