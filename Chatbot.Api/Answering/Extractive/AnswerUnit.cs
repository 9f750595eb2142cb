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

    /// <summary>What is to be written after another unit: of a further row of the same table the row, without the head that stands above already.</summary>
    public string Row(AnswerUnit? before) => IsOfTable(before) ? Text[(Text.LastIndexOf('\n') + 1)..] : Text;

    /// <summary>Both are rows of one table, each with its head.</summary>
    public bool IsOfTable(AnswerUnit? other)
    {
        var head = Text.LastIndexOf('\n');
        return other is not null && StandsAlone && other.StandsAlone && head > 0 && Passage.Chunk.Id == other.Passage.Chunk.Id
            && other.Text.LastIndexOf('\n') == head && Text.AsSpan(0, head).SequenceEqual(other.Text.AsSpan(0, head)) && Text.AsSpan(head).Contains(" | ", StringComparison.Ordinal);
    }
}
