using System.Buffers;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Scores by number, added up word by word; of several terms that stand for one word only the best counts.
/// Rented memory: dispose it. Not safe for concurrent use.
/// </summary>
internal sealed class ScoreSheet : IDisposable
{
    private readonly float[] _total;
    private readonly float[] _word;
    private readonly int _count;

    public ScoreSheet(int count)
    {
        _count = count;
        _total = ArrayPool<float>.Shared.Rent(count);
        _word = ArrayPool<float>.Shared.Rent(count);
        _total.AsSpan(0, count).Clear();
        _word.AsSpan(0, count).Clear();
    }

    public ReadOnlySpan<float> Totals => _total.AsSpan(0, _count);

    /// <summary>Adds what a word is worth that one term stands for.</summary>
    public void Add(int number, float score) => _total[number] += score;

    /// <summary>Adds what a word is worth that several terms stand for: what is above the best of them so far.</summary>
    public void AddBest(int number, float score)
    {
        var before = _word[number];
        if (score <= before) return;
        _word[number] = score;
        _total[number] += score - before;
    }

    /// <summary>The next word begins.</summary>
    public void EndWord() => _word.AsSpan(0, _count).Clear();

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_total);
        ArrayPool<float>.Shared.Return(_word);
    }
}
