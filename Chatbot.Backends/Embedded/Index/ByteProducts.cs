using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Products of a question in signed bytes with rows of unsigned bytes. All ways give the same sums.</summary>
internal static unsafe class ByteProducts
{
    // How far ahead rows are asked for, in bytes: a page, at whose end the processor stops to guess.
    private const int Ahead = 4096;

    /// <summary>Fills <paramref name="products"/> with the product of each row with the question.</summary>
    /// <param name="rows">As many bytes a row as the question has.</param>
    public static void Multiply(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        if (rows.Length < (long)question.Length * products.Length) throw new ArgumentException("Fewer rows than products.", nameof(rows));
        if (AvxVnni.IsSupported) MultiplyVnni(question, rows, products);
        else if (Avx2.IsSupported) MultiplyAvx2(question, rows, products);
        else MultiplyPortable(question, rows, products);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyVnni(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        ref var q = ref Unsafe.AsRef(in question[0]);
        ref var row = ref Unsafe.AsRef(in rows[0]);
        var length = question.Length;
        for (var i = 0; i < products.Length; i++)
        {
            var (one, other) = (Vector256<int>.Zero, Vector256<int>.Zero);
            nint at = 0;
            for (; at <= length - 64; at += 64)
            {
                // An address behind the rows is no error here.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, at + Ahead)));
                one = AvxVnni.MultiplyWideningAndAdd(one, Vector256.LoadUnsafe(ref row, (nuint)at), Vector256.LoadUnsafe(ref q, (nuint)at));
                other = AvxVnni.MultiplyWideningAndAdd(other, Vector256.LoadUnsafe(ref row, (nuint)at + 32), Vector256.LoadUnsafe(ref q, (nuint)at + 32));
            }

            var sum = Vector256.Sum(one + other);
            for (; at < length; at++) sum += Unsafe.Add(ref row, at) * Unsafe.Add(ref q, at);
            products[i] = sum;
            row = ref Unsafe.Add(ref row, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyAvx2(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        ref var q = ref Unsafe.AsRef(in question[0]);
        ref var row = ref Unsafe.AsRef(in rows[0]);
        var length = question.Length;
        for (var i = 0; i < products.Length; i++)
        {
            var total = Vector256<int>.Zero;
            nint at = 0;
            for (; at <= length - 16; at += 16)
            {
                var values = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, (nuint)at));
                total += Avx2.MultiplyAddAdjacent(values, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref q, (nuint)at)));
            }

            var sum = Vector256.Sum(total);
            for (; at < length; at++) sum += Unsafe.Add(ref row, at) * Unsafe.Add(ref q, at);
            products[i] = sum;
            row = ref Unsafe.Add(ref row, length);
        }
    }

    internal static void MultiplyPortable(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        for (var i = 0; i < products.Length; i++)
        {
            var row = rows.Slice(i * question.Length, question.Length);
            var sum = 0;
            for (var at = 0; at < row.Length; at++) sum += row[at] * question[at];
            products[i] = sum;
        }
    }
}
