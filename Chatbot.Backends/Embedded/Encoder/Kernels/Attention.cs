using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Self-attention of one text: every token looks at every token of the same text, in twelve heads of 32.
/// Holds working memory for one thread.</summary>
/// <param name="maxTokens">Longest text.</param>
internal sealed class Attention<TLanes>(int maxTokens) where TLanes : struct, ILanes<TLanes>
{
    public const int HeadSize = 32;

    // Queries at a time: their scores against 512 keys take 48 kB, about a first-level cache.
    private const int QueryRows = 4 * FloatPanels<TLanes>.TileRows;

    private static readonly float ScoreFactor = 1 / MathF.Sqrt(HeadSize);

    private readonly AlignedArray<float> _keys = new(HeadSize * PadKeys(maxTokens));
    private readonly AlignedArray<float> _values = new(HeadSize * maxTokens);
    private readonly AlignedArray<float> _scores = new(QueryRows * PadKeys(maxTokens));
    private readonly float[] _context = new float[QueryRows * HeadSize];
    private readonly float[] _factors = new float[QueryRows];

    /// <param name="projections">Rows of 3 × <paramref name="width"/>: query, key, value; at least as many as the next
    /// multiple of 24 after <paramref name="tokens"/>.</param>
    /// <param name="context">Rows of <paramref name="width"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Attend(ReadOnlySpan<float> projections, int tokens, int width, Span<float> context)
    {
        var stride = 3 * width;
        var keyPanels = FloatPanels<TLanes>.PanelsFor(tokens);
        var scoreStride = keyPanels * FloatPanels<TLanes>.Width;
        var scores = _scores.Span;
        for (var head = 0; head < width / HeadSize; head++)
        {
            PackKeys(projections[(width + head * HeadSize)..], stride, tokens);
            PackValues(projections[(2 * width + head * HeadSize)..], stride, tokens);
            for (var first = 0; first < tokens; first += QueryRows)
            {
                var rows = Math.Min(QueryRows, tokens - first);
                FloatPanels<TLanes>.Multiply(projections[(first * stride + head * HeadSize)..], stride, rows, HeadSize,
                    _keys.Span, keyPanels, scores, scoreStride);
                for (var row = 0; row < rows; row++)
                    _factors[row] = 1 / RowOperations<TLanes>.Exponentials(scores.Slice(row * scoreStride, scoreStride), tokens, ScoreFactor);

                FloatPanels<TLanes>.Multiply(scores, scoreStride, rows, tokens,
                    _values.Span, HeadSize / FloatPanels<TLanes>.Width, _context, HeadSize);
                for (var row = 0; row < rows; row++)
                    Scale(_context.AsSpan(row * HeadSize, HeadSize), _factors[row], context[((first + row) * width + head * HeadSize)..]);
            }
        }
    }

    private static int PadKeys(int tokens) => FloatPanels<TLanes>.PanelsFor(tokens) * FloatPanels<TLanes>.Width;

    // [panel][dimension][key]: the keys become columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackKeys(ReadOnlySpan<float> keys, int stride, int tokens)
    {
        var width = FloatPanels<TLanes>.Width;
        var panels = _keys.Span;
        for (var token = 0; token < tokens; token++)
        {
            var key = keys.Slice(token * stride, HeadSize);
            var panel = panels.Slice(token / width * width * HeadSize + token % width, (HeadSize - 1) * width + 1);
            for (int i = 0, at = 0; i < key.Length; i++, at += width)
                panel[at] = key[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackValues(ReadOnlySpan<float> values, int stride, int tokens)
    {
        var width = FloatPanels<TLanes>.Width;
        var panels = _values.Span;
        for (var token = 0; token < tokens; token++)
        {
            for (var column = 0; column < HeadSize; column += width)
                values.Slice(token * stride + column, width).CopyTo(panels[(column * tokens + token * width)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var factors = TLanes.Create(factor);
        for (var i = 0; i < source.Length; i += TLanes.Count)
            TLanes.Store(TLanes.Load(ref from, i) * factors, ref to, i);
    }
}
