using Chatbot.Api.Answering.Wording;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>What belongs to an answer, for those who can show nothing but text. Pure.</summary>
public static class TextOnly
{
    /// <param name="language">Two-letter code, as the answer has it.</param>
    /// <returns>A line in that language with the near topics below it, one a line; empty where there are none.</returns>
    public static string Of(IReadOnlyList<AnswerTopic>? topics, string language) =>
        topics is not { Count: > 0 } ? "" : $"{Languages.LinesOf(language).Topics}\n{string.Join('\n', topics.Select(topic => $"- {topic.Title}: {topic.Url}"))}";
}
