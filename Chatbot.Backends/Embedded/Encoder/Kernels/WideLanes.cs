using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>512 bits.</summary>
internal readonly struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    private readonly Vector512<float> _value = value;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(ref readonly float source, int offset) =>
        new(Vector512.LoadUnsafe(in source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideLanes value, ref float destination, int offset) =>
        Vector512.StoreUnsafe(value._value, ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes left, WideLanes right, WideLanes addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static WideLanes operator +(WideLanes left, WideLanes right) => new(left._value + right._value);

    public static WideLanes operator -(WideLanes left, WideLanes right) => new(left._value - right._value);

    public static WideLanes operator *(WideLanes left, WideLanes right) => new(left._value * right._value);

    public static WideLanes operator /(WideLanes left, WideLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Min(WideLanes left, WideLanes right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Max(WideLanes left, WideLanes right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(WideLanes value)
    {
        var half = Vector256.MaxNative(value._value.GetLower(), value._value.GetUpper());
        var quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        quarter = Vector128.MaxNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(WideLanes value) => Vector512.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes ScaleByBits(WideLanes value, WideLanes exponent) =>
        new((value._value.AsInt32() + (exponent._value.AsInt32() << 23)).AsSingle());
}
