using System.Numerics;
using System.Runtime.CompilerServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>As wide as <see cref="Vector{T}"/>: 128 or 256 bits.</summary>
internal readonly struct PortableLanes(Vector<float> value) : ILanes<PortableLanes>
{
    private readonly Vector<float> _value = value;

    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes Load(ref readonly float source, int offset) =>
        new(Vector.LoadUnsafe(in source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(PortableLanes value, ref float destination, int offset) =>
        Vector.StoreUnsafe(value._value, ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes Create(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes MultiplyAdd(PortableLanes left, PortableLanes right, PortableLanes addend) =>
        new(Vector.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static PortableLanes operator +(PortableLanes left, PortableLanes right) => new(left._value + right._value);

    public static PortableLanes operator -(PortableLanes left, PortableLanes right) => new(left._value - right._value);

    public static PortableLanes operator *(PortableLanes left, PortableLanes right) => new(left._value * right._value);

    public static PortableLanes operator /(PortableLanes left, PortableLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes Min(PortableLanes left, PortableLanes right) => new(Vector.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes Max(PortableLanes left, PortableLanes right) => new(Vector.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(PortableLanes value)
    {
        var largest = value._value[0];
        for (var i = 1; i < Count; i++)
            largest = MathF.Max(largest, value._value[i]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(PortableLanes value) => Vector.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PortableLanes ScaleByBits(PortableLanes value, PortableLanes exponent) =>
        new(Vector.AsVectorSingle(Vector.AsVectorInt32(value._value) + (Vector.AsVectorInt32(exponent._value) << 23)));
}
