using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>
/// What happens while a question is answered: one <see cref="Meta"/>, <see cref="Delta"/>s, one <see cref="Sources"/>, a
/// <see cref="Trace"/> if it was asked for, and <see cref="Done"/> — or, at any point, an <see cref="Error"/> as the last.
/// </summary>
public abstract record AnswerEvent
{
    private AnswerEvent()
    {
    }

    /// <param name="KnowledgeBase">Its name.</param>
    /// <param name="Language">Two-letter code of the fixed lines.</param>
    public sealed record Meta(string ConversationId, string MessageId, string KnowledgeBase, string Language) : AnswerEvent
    {
        /// <summary>By which the answer can be read on or stopped; null where that is not possible.</summary>
        public string? StreamId { get; init; }
    }

    /// <summary>The next piece of the answer's text.</summary>
    public sealed record Delta(string Text) : AnswerEvent;

    /// <summary>The citations that stand in the text, by number.</summary>
    public sealed record Sources(IReadOnlyList<Citation> Citations) : AnswerEvent;

    /// <summary>In place of an answer, when only these were asked for.</summary>
    public sealed record Passages(RetrievedPassages Found) : AnswerEvent;

    public sealed record Trace(IReadOnlyList<TraceStep> Steps) : AnswerEvent;

    /// <param name="Refused">The sources hold no answer, and the text says so.</param>
    /// <param name="Degraded">A part was down and the answer was made without it.</param>
    /// <param name="Cached">The same question was answered before.</param>
    /// <param name="Model">What wrote the answer; null when it is quoted from the sources.</param>
    /// <param name="Notice">A line for the reader about how the answer came about, in his language.</param>
    public sealed record Done(bool Refused, bool Degraded, bool Cached, string? Model, string? Notice, double Ms, TokenUsage? Usage) : AnswerEvent
    {
        /// <summary>The entry of questions and answers whose answer this is, word for word; null for other answers.</summary>
        public string? FaqId { get; init; }

        /// <summary>What the question was taken for, when it was none for the sources: greeting, handover…</summary>
        public string? Intent { get; init; }

        /// <summary>Of a refusal: where in the sources one may look.</summary>
        public IReadOnlyList<AnswerTopic>? Topics { get; init; }

        /// <summary>What the question may have meant, when it is asked back.</summary>
        public IReadOnlyList<AnswerChoice>? Choices { get; init; }

        /// <summary>The answer is from what the model knows by itself, and its text says so.</summary>
        public bool Unsourced { get; init; }
    }

    public sealed record Error(AskProblem Problem) : AnswerEvent;
}
