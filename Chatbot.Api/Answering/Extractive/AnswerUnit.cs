using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Extractive;

/// <summary>A sentence, a row, a list item or a piece of code: what an extractive answer takes whole.</summary>
/// <param name="Place">Within its passage, from 0.</param>
/// <param name="StandsAlone">On a line of its own, not in running text.</param>
/// <param name="Matched">Which of the question's words it holds, as a set of bits.</param>
internal sealed record AnswerUnit(Passage Passage, int Place, string Text, bool StandsAlone, ulong Matched)
{
    /// <summary>How well it answers; set by <see cref="UnitScorer"/>.</summary>
    public double Score { get; init; }
}
