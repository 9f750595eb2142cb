using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The vectors of a knowledge base in 8 bits, in memory, scanned as a whole: exact but for the rounding, which whoever wants
/// the best few mends with the stored vectors. Changed by one at a time, under the lock of the knowledge base; searched
/// without one: rows are only added, and a row that died is at worst found in vain.
/// </summary>
internal sealed class VectorTable(int dimensions)
{
    private const int RowsPerBlock = 4096;

    // A block is never moved: a scan may go on while others are added.
    private readonly List<Block> _blocks = [];
    private readonly Dictionary<Guid, List<int>> _rows = [];
    private volatile int _count;

    /// <summary>Rows that are alive.</summary>
    public int Live { get; private set; }

    /// <summary>More is dead than pays to scan: make another table of what lives.</summary>
    public bool IsMostlyDead => _count > RowsPerBlock && Live < _count / 2;

    public void Add(Guid document, long version, int ordinal, ReadOnlySpan<byte> halves)
    {
        var values = MemoryMarshal.Cast<byte, Half>(halves);
        if (values.Length != dimensions) return;
        if (_count == _blocks.Count * RowsPerBlock)
        {
            lock (_blocks) _blocks.Add(new Block(dimensions));
        }

        var (block, at) = (_blocks[_count / RowsPerBlock], _count % RowsPerBlock);
        Span<float> floats = stackalloc float[dimensions];
        TensorPrimitives.ConvertToSingle(values, floats);
        var scale = TensorPrimitives.MaxMagnitude<float>(floats) is var most && most != 0 ? Math.Abs(most) / 127 : 1;
        var target = block.Values.AsSpan(at * dimensions, dimensions);
        for (var i = 0; i < dimensions; i++) target[i] = (sbyte)MathF.Round(floats[i] / scale);
        block.Scales[at] = scale;
        block.Keys[at] = (document, version, ordinal);
        block.Alive[at] = true;
        (CollectionsMarshal.GetValueRefOrAddDefault(_rows, document, out _) ??= []).Add(_count);
        Live++;
        _count++;
    }

    /// <summary>Takes a document's rows out.</summary>
    public void Remove(Guid document)
    {
        if (!_rows.Remove(document, out var rows)) return;
        foreach (var row in rows)
        {
            ref var alive = ref _blocks[row / RowsPerBlock].Alive[row % RowsPerBlock];
            if (alive) Live--;
            alive = false;
        }
    }

    /// <summary>The rows nearest to a question, best first.</summary>
    public List<(Guid Document, long Version, int Ordinal, float Cosine)> Search(ReadOnlySpan<float> question, int limit)
    {
        var count = _count;
        if (count == 0 || question.Length != dimensions) return [];
        var wide = new short[dimensions];
        // 12 bits of the question keep its rounding below that of the rows; products of a pair still fit 32 bits.
        var scale = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude(question)), 1e-9f) / 2047;
        for (var i = 0; i < dimensions; i++) wide[i] = (short)MathF.Round(question[i] / scale);

        Block[] blocks;
        lock (_blocks) blocks = [.. _blocks];
        var tops = new List<(float Score, int Row)>[(count + RowsPerBlock - 1) / RowsPerBlock];
        if (tops.Length <= 2) Array.ForEach(Enumerable.Range(0, tops.Length).ToArray(), i => tops[i] = Scan(i));
        else Parallel.For(0, tops.Length, i => tops[i] = Scan(i));

        return tops.SelectMany(t => t).OrderByDescending(t => t.Score).ThenBy(t => t.Row).Take(limit).Select(t =>
        {
            var (document, version, ordinal) = blocks[t.Row / RowsPerBlock].Keys[t.Row % RowsPerBlock];
            return (document, version, ordinal, t.Score * scale);
        }).ToList();

        List<(float Score, int Row)> Scan(int number)
        {
            var block = blocks[number];
            var rows = Math.Min(RowsPerBlock, count - (number * RowsPerBlock));
            var best = new PriorityQueue<int, float>(limit + 1);
            var worst = float.MinValue;
            for (var row = 0; row < rows; row++)
            {
                if (!block.Alive[row]) continue;
                var score = Dot(wide, block.Values.AsSpan(row * dimensions, dimensions)) * block.Scales[row];
                if (best.Count == limit && score <= worst) continue;
                best.Enqueue(row, score);
                if (best.Count > limit) best.Dequeue();
                if (best.Count == limit) best.TryPeek(out _, out worst);
            }

            var list = new List<(float, int)>(best.Count);
            while (best.TryDequeue(out var row, out var score)) list.Add((score, (number * RowsPerBlock) + row));
            return list;
        }
    }

    private static float Dot(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> row)
    {
        var i = 0;
        var sum = 0;
        if (Avx512BW.IsSupported)
        {
            var total = Vector512<int>.Zero;
            for (; i <= row.Length - 32; i += 32)
            {
                var values = Avx512BW.ConvertToVector512Int16(Vector256.Create(row[i..]));
                total += Avx512BW.MultiplyAddAdjacent(values, Vector512.Create(question[i..]));
            }

            sum = Vector512.Sum(total);
        }
        else if (Avx2.IsSupported)
        {
            var total = Vector256<int>.Zero;
            for (; i <= row.Length - 16; i += 16)
            {
                var values = Avx2.ConvertToVector256Int16(Vector128.Create(row[i..]));
                total += Avx2.MultiplyAddAdjacent(values, Vector256.Create(question[i..]));
            }

            sum = Vector256.Sum(total);
        }

        for (; i < row.Length; i++) sum += question[i] * row[i];
        return sum;
    }

    private sealed class Block(int dimensions)
    {
        public readonly sbyte[] Values = new sbyte[RowsPerBlock * dimensions];
        public readonly float[] Scales = new float[RowsPerBlock];
        public readonly bool[] Alive = new bool[RowsPerBlock];
        public readonly (Guid Document, long Version, int Ordinal)[] Keys = new (Guid, long, int)[RowsPerBlock];
    }
}
