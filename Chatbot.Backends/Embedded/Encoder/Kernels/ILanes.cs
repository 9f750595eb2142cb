namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>A vector of floats of some width, so that one source serves all widths: the JIT makes one machine code for
/// each. Loads and stores take a reference and an element offset; the caller has checked the range.</summary>
internal interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref readonly float source, int offset);

    static abstract void Store(TSelf value, ref float destination, int offset);

    static abstract TSelf Create(float value);

    /// <returns>left × right + addend, rounded once where the machine can.</returns>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Min(TSelf left, TSelf right);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract float Sum(TSelf value);

    static abstract float Largest(TSelf value);

    /// <returns>value × 2^n, where the lowest bits of <paramref name="exponent"/>'s bit pattern hold n.</returns>
    static abstract TSelf ScaleByBits(TSelf value, TSelf exponent);
}
