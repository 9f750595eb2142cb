namespace Chatbot.Backends.Embedded.Index;

/// <summary>The best of many, in a heap with the worst on top; ties go to the lower number. Not safe for concurrent use.</summary>
internal sealed class TopChunks(int limit)
{
    private readonly (float Score, long Number)[] _heap = new (float, long)[limit];
    private int _count;

    /// <summary>What a score must not be below to get in.</summary>
    public float Bar { get; private set; } = limit > 0 ? float.NegativeInfinity : float.PositiveInfinity;

    public ReadOnlySpan<(float Score, long Number)> Items => _heap.AsSpan(0, _count);

    /// <summary>Best first.</summary>
    public (float Score, long Number)[] Sorted()
    {
        var sorted = Items.ToArray();
        Array.Sort(sorted, static (a, b) => IsWorse(a, b) ? 1 : IsWorse(b, a) ? -1 : 0);
        return sorted;
    }

    public void Add(float score, long number)
    {
        if (_count < _heap.Length)
        {
            var at = _count++;
            for (; at > 0 && IsWorse((score, number), _heap[(at - 1) / 2]); at = (at - 1) / 2) _heap[at] = _heap[(at - 1) / 2];
            _heap[at] = (score, number);
        }
        else if (_count > 0 && IsWorse(_heap[0], (score, number)))
        {
            var at = 0;
            while (true)
            {
                var child = (2 * at) + 1;
                if (child >= _count) break;
                if (child + 1 < _count && IsWorse(_heap[child + 1], _heap[child])) child++;
                if (!IsWorse(_heap[child], (score, number))) break;
                _heap[at] = _heap[child];
                at = child;
            }

            _heap[at] = (score, number);
        }

        if (_count > 0 && _count == _heap.Length) Bar = _heap[0].Score;
    }

    private static bool IsWorse((float Score, long Number) a, (float Score, long Number) b) =>
        a.Score < b.Score || (a.Score == b.Score && a.Number > b.Number);
}
