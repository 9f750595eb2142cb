using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering.Clarifying;

/// <summary>Asks back where the sources say different things of which the question may mean either. Pure.</summary>
internal static class Clarifier
{
    /// <summary>As what a question is marked that was asked back about.</summary>
    public const string Intent = "clarify";

    /// <returns>Null when the question can be answered as it is.</returns>
    public static Answer? Ask(Question question, RetrievalResult found)
    {
        if (question.KnowledgeBase.Settings.AskBack == false || Disagreement.Find(question.Standalone, found) is not { } disagreement) return null;
        var lines = Languages.LinesOf(question.Language);
        var which = disagreement.Dimension switch
        {
            Dimension.Year => lines.WhichYear,
            Dimension.Version => lines.WhichVersion,
            Dimension.Site => lines.WhichSite,
            _ => lines.Which,
        };
        return new Answer
        {
            Text = $"{which}\n{string.Join('\n', disagreement.Values.Select(value => $"- {value}"))}",
            Intent = Intent,
            // The question with the pick stands for itself, however the conversation goes on.
            Choices = [.. disagreement.Values.Select(value => new AnswerChoice(value, $"{question.Standalone} ({value})"))],
        };
    }
}
