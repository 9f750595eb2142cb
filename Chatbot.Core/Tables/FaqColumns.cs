using System.Collections.Frozen;

namespace Chatbot.Core.Tables;

/// <summary>The columns of questions and answers, by the header of a table; from 0.</summary>
public sealed record FaqColumns(int Question, int Answer)
{
    private static readonly FrozenSet<string> s_questions = FrozenSet.ToFrozenSet(
        ["question", "questions", "q", "frage", "fragen", "faq", "问题", "問題", "提问", "问", "常见问题"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_answers = FrozenSet.ToFrozenSet(
        ["answer", "answers", "a", "antwort", "antworten", "réponse", "réponses", "reponse", "reponses", "答案", "回答", "答复", "答"], StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when the header names no such pair.</returns>
    public static FaqColumns? Find(IReadOnlyList<string> header)
    {
        var (question, answer) = (-1, -1);
        for (var i = 0; i < header.Count; i++)
        {
            var name = Name(header[i]);
            if (question < 0 && s_questions.Contains(name)) question = i;
            else if (answer < 0 && s_answers.Contains(name)) answer = i;
        }

        return question >= 0 && answer >= 0 ? new(question, answer) : null;
    }

    /// <summary>What a column is called, without the signs that stand around it.</summary>
    public static string Name(string cell) => cell.Trim(' ', ':', '?', '*', '：', '？', '\uFEFF').Normalize();
}
