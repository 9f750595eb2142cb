using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>What a kernel has to know of 32 successive activations beside their bytes.</summary>
/// <remarks>A whole number below 2^22 that is added to the bits of <see cref="Magic"/> gives the bits of the float
/// Magic + number. Sums that start there become floats without an instruction, and the product of two numbers and a
/// scale comes from one multiplication that subtracts <see cref="Shift"/>: number × scale = float × scale − shift.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct ActivationBlock
{
    // Of the scale's 24 bits the last two are zero, so that the shift is exact.
    private const int ScaleMask = ~3;
    private const int MagicBits = 0x4B400000;

    /// <summary>1.5 × 2^23.</summary>
    private const float Magic = 12582912;

    /// <summary>What the block's sums start with: the bits of <see cref="Magic"/> − 8 × the sum of the bytes, for weights
    /// are stored 8 too high.</summary>
    public int Start;

    /// <summary>Activation = byte × scale.</summary>
    public float Scale;

    /// <summary><see cref="Magic"/> × <see cref="Scale"/>.</summary>
    public float Shift;

    /// <param name="max">The largest absolute activation.</param>
    /// <param name="eightfoldSum">8 × the sum of the bytes.</param>
    public void Set(float max, int eightfoldSum)
    {
        Start = MagicBits - eightfoldSum;
        Scale = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(max / 127) & ScaleMask);
        Shift = Magic * Scale;
    }
}
