using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Products of a question in signed bytes with rows of <see cref="NibbleRows"/>. All ways give the same sums.</summary>
internal static unsafe class NibbleProducts
{
    // How far ahead rows are asked for, in bytes: a page, at whose end the processor stops to guess.
    private const int Ahead = 4096;

    /// <summary>Fills <paramref name="products"/> with the product of each row's nibbles, 0 to 15, with the question.</summary>
    /// <param name="question">Filled up with zeros to a multiple of <see cref="NibbleRows.Block"/> values.</param>
    /// <param name="rows">Half as many bytes a row as the question has.</param>
    public static void Multiply(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        if (question.IsEmpty || question.Length % NibbleRows.Block != 0) throw new ArgumentException("No multiple of a block.", nameof(question));
        if (rows.Length < question.Length / 2L * products.Length) throw new ArgumentException("Fewer rows than products.", nameof(rows));
        if (AvxVnni.IsSupported) MultiplyWide<Vnni>(question, rows, products);
        else if (Avx2.IsSupported) MultiplyWide<Adjacent>(question, rows, products);
        else MultiplyPortable(question, rows, products);
    }

    /// <summary>Four rows at a time, so that the question is loaded once for them and their sums are added up together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyWide<T>(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products) where T : struct, IAccumulator
    {
        ref var q = ref Unsafe.AsRef(in question[0]);
        ref var row = ref Unsafe.AsRef(in rows[0]);
        nint length = question.Length / 2;
        var low = Vector256.Create((byte)0x0F);
        var i = 0;
        for (; i <= products.Length - 4; i += 4)
        {
            var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            for (nint at = 0; at < length; at += 32)
            {
                var first = Vector256.LoadUnsafe(ref q, (nuint)(2 * at));
                var second = Vector256.LoadUnsafe(ref q, (nuint)(2 * at) + 32);
                ref var here = ref Unsafe.Add(ref row, at);
                // An address behind the rows is no error here.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref here, Ahead)));
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref here, Ahead + (2 * length))));
                a = Add<T>(a, Vector256.LoadUnsafe(ref here), low, first, second);
                b = Add<T>(b, Vector256.LoadUnsafe(ref here, (nuint)length), low, first, second);
                c = Add<T>(c, Vector256.LoadUnsafe(ref here, (nuint)(2 * length)), low, first, second);
                d = Add<T>(d, Vector256.LoadUnsafe(ref here, (nuint)(3 * length)), low, first, second);
            }

            var sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
            (sums.GetLower() + sums.GetUpper()).CopyTo(products[i..]);
            row = ref Unsafe.Add(ref row, 4 * length);
        }

        for (; i < products.Length; i++)
        {
            var sum = Vector256<int>.Zero;
            for (nint at = 0; at < length; at += 32)
            {
                sum = Add<T>(sum, Vector256.LoadUnsafe(ref row, (nuint)at), low,
                    Vector256.LoadUnsafe(ref q, (nuint)(2 * at)), Vector256.LoadUnsafe(ref q, (nuint)(2 * at) + 32));
            }

            products[i] = Vector256.Sum(sum);
            row = ref Unsafe.Add(ref row, length);
        }
    }

    internal static void MultiplyPortable(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        var length = question.Length / 2;
        for (var i = 0; i < products.Length; i++)
        {
            var row = rows.Slice(i * length, length);
            var sum = 0;
            for (var at = 0; at < length; at++)
            {
                var dimension = NibbleRows.LowDimension(at);
                sum += ((row[at] & 0x0F) * question[dimension]) + ((row[at] >> 4) * question[dimension + (NibbleRows.Block / 2)]);
            }

            products[i] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add<T>(Vector256<int> sum, Vector256<byte> row, Vector256<byte> low, Vector256<sbyte> first, Vector256<sbyte> second)
        where T : struct, IAccumulator =>
        T.Add(T.Add(sum, row & low, first), (row.AsUInt16() >>> 4).AsByte() & low, second);

    /// <summary>Adds up products of unsigned nibbles and signed bytes, four to a sum.</summary>
    internal interface IAccumulator
    {
        static abstract Vector256<int> Add(Vector256<int> sum, Vector256<byte> nibbles, Vector256<sbyte> question);
    }

    internal readonly struct Vnni : IAccumulator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> nibbles, Vector256<sbyte> question) => AvxVnni.MultiplyWideningAndAdd(sum, nibbles, question);
    }

    // Two products of at most 15 × 128 fit into 16 bits.
    internal readonly struct Adjacent : IAccumulator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> nibbles, Vector256<sbyte> question) =>
            sum + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(nibbles, question), Vector256<short>.One);
    }
}
