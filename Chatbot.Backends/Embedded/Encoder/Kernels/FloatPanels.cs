using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>
/// Product of float matrices, register-blocked: six rows by two vectors of columns stay in registers while the inner
/// dimension runs. The right side lies in panels of <see cref="Width"/> columns: [panel][inner][column].
/// </summary>
internal static class FloatPanels<TLanes> where TLanes : struct, ILanes<TLanes>
{
    public const int TileRows = 6;

    // A panel slice of 512-bit vectors then has 24 kB, half of a first-level cache.
    private const int InnerSlice = 192;
    private const int MaxInner = 300;

    /// <summary>Columns of a panel.</summary>
    public static int Width => 2 * TLanes.Count;

    public static int PanelsFor(int columns) => (columns + Width - 1) / Width;

    /// <summary>destination = left × panels for one or more panels side by side.</summary>
    /// <inheritdoc cref="MultiplyAdd"/>
    public static void Multiply(
        ReadOnlySpan<float> left, int leftStride, int rows, int inner,
        ReadOnlySpan<float> panels, int panelCount, Span<float> destination, int stride) =>
        Run(left, leftStride, rows, inner, panels, panelCount, destination, stride, add: false);

    /// <summary>destination += left × panels for one or more panels side by side.</summary>
    /// <param name="left">Rows of <paramref name="leftStride"/> floats of which the first <paramref name="inner"/> count;
    /// as many rows as the next multiple of six, those after <paramref name="rows"/> having any contents.</param>
    /// <param name="destination">Rows of <paramref name="stride"/> floats, as many as the left side has.</param>
    public static void MultiplyAdd(
        ReadOnlySpan<float> left, int leftStride, int rows, int inner,
        ReadOnlySpan<float> panels, int panelCount, Span<float> destination, int stride) =>
        Run(left, leftStride, rows, inner, panels, panelCount, destination, stride, add: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(
        ReadOnlySpan<float> left, int leftStride, int rows, int inner,
        ReadOnlySpan<float> panels, int panelCount, Span<float> destination, int stride, bool add)
    {
        var paddedRows = (rows + TileRows - 1) / TileRows * TileRows;
        // The tiles go without checks: this is the whole range they touch.
        _ = left[..((paddedRows - 1) * leftStride + inner)];
        _ = panels[..(panelCount * inner * Width)];
        _ = destination[..((paddedRows - 1) * stride + panelCount * Width)];
        var slice = inner <= MaxInner ? inner : InnerSlice;
        for (var panel = 0; panel < panelCount; panel++)
        {
            for (var start = 0; start < inner; start += slice)
            {
                var length = Math.Min(slice, inner - start);
                ref readonly var right = ref Unsafe.Add(ref MemoryMarshal.GetReference(panels), (panel * inner + start) * Width);
                for (var row = 0; row < rows; row += TileRows)
                {
                    Tile(in Unsafe.Add(ref MemoryMarshal.GetReference(left), row * leftStride + start), leftStride, length, in right,
                        ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), row * stride + panel * Width), stride, add || start > 0);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        ref readonly float left, int leftStride, int inner, ref readonly float right, ref float destination, int stride, bool add)
    {
        var n = TLanes.Count;
        var (a0, b0, a1, b1, a2, b2) = (default(TLanes), default(TLanes), default(TLanes), default(TLanes), default(TLanes), default(TLanes));
        var (a3, b3, a4, b4, a5, b5) = (a0, a0, a0, a0, a0, a0);
        if (add)
        {
            a0 = TLanes.Load(in destination, 0);
            b0 = TLanes.Load(in destination, n);
            a1 = TLanes.Load(in destination, stride);
            b1 = TLanes.Load(in destination, stride + n);
            a2 = TLanes.Load(in destination, 2 * stride);
            b2 = TLanes.Load(in destination, 2 * stride + n);
            a3 = TLanes.Load(in destination, 3 * stride);
            b3 = TLanes.Load(in destination, 3 * stride + n);
            a4 = TLanes.Load(in destination, 4 * stride);
            b4 = TLanes.Load(in destination, 4 * stride + n);
            a5 = TLanes.Load(in destination, 5 * stride);
            b5 = TLanes.Load(in destination, 5 * stride + n);
        }

        ref var row0 = ref Unsafe.AsRef(in left);
        ref var row1 = ref Unsafe.Add(ref row0, leftStride);
        ref var row2 = ref Unsafe.Add(ref row1, leftStride);
        ref var row3 = ref Unsafe.Add(ref row2, leftStride);
        ref var row4 = ref Unsafe.Add(ref row3, leftStride);
        ref var row5 = ref Unsafe.Add(ref row4, leftStride);
        ref var column = ref Unsafe.AsRef(in right);
        for (nint k = 0; k < inner; k++)
        {
            var x = TLanes.Load(in column, 0);
            var y = TLanes.Load(in column, n);
            column = ref Unsafe.Add(ref column, 2 * n);
            var v = TLanes.Create(Unsafe.Add(ref row0, k));
            a0 = TLanes.MultiplyAdd(v, x, a0);
            b0 = TLanes.MultiplyAdd(v, y, b0);
            v = TLanes.Create(Unsafe.Add(ref row1, k));
            a1 = TLanes.MultiplyAdd(v, x, a1);
            b1 = TLanes.MultiplyAdd(v, y, b1);
            v = TLanes.Create(Unsafe.Add(ref row2, k));
            a2 = TLanes.MultiplyAdd(v, x, a2);
            b2 = TLanes.MultiplyAdd(v, y, b2);
            v = TLanes.Create(Unsafe.Add(ref row3, k));
            a3 = TLanes.MultiplyAdd(v, x, a3);
            b3 = TLanes.MultiplyAdd(v, y, b3);
            v = TLanes.Create(Unsafe.Add(ref row4, k));
            a4 = TLanes.MultiplyAdd(v, x, a4);
            b4 = TLanes.MultiplyAdd(v, y, b4);
            v = TLanes.Create(Unsafe.Add(ref row5, k));
            a5 = TLanes.MultiplyAdd(v, x, a5);
            b5 = TLanes.MultiplyAdd(v, y, b5);
        }

        TLanes.Store(a0, ref destination, 0);
        TLanes.Store(b0, ref destination, n);
        TLanes.Store(a1, ref destination, stride);
        TLanes.Store(b1, ref destination, stride + n);
        TLanes.Store(a2, ref destination, 2 * stride);
        TLanes.Store(b2, ref destination, 2 * stride + n);
        TLanes.Store(a3, ref destination, 3 * stride);
        TLanes.Store(b3, ref destination, 3 * stride + n);
        TLanes.Store(a4, ref destination, 4 * stride);
        TLanes.Store(b4, ref destination, 4 * stride + n);
        TLanes.Store(a5, ref destination, 5 * stride);
        TLanes.Store(b5, ref destination, 5 * stride + n);
    }
}
