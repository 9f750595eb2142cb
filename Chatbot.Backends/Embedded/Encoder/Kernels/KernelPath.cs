using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chatbot.Backends.Embedded.Encoder.Kernels;

/// <summary>Which instructions multiply the weights. All give the same vectors to within rounding.</summary>
internal enum KernelPath
{
    /// <summary>Floats in <see cref="System.Numerics.Vector{T}"/>: any machine, the exact weights and activations.</summary>
    Portable,

    /// <summary>Products of bytes added up in 16 bits, 256 bits wide.</summary>
    Avx2,

    /// <summary>Products of bytes added up in 32 bits by one instruction, 256 bits wide.</summary>
    AvxVnni,

    /// <summary>As <see cref="Avx2"/>, 512 bits wide with twice the registers. The 512-bit form of VNNI has no
    /// intrinsic in .NET 10.</summary>
    Avx512,
}

internal static class KernelPaths
{
    /// <summary>The paths this machine can run, slowest first.</summary>
    public static IReadOnlyList<KernelPath> Supported { get; } = [.. Enum.GetValues<KernelPath>().Where(IsSupported)];

    public static KernelPath Best => Supported[^1];

    /// <summary>Whether float steps use 512 bits on this path.</summary>
    public static bool HasWideFloats(KernelPath path) =>
        path is KernelPath.Avx512 or KernelPath.AvxVnni && Vector512.IsHardwareAccelerated;

    private static bool IsSupported(KernelPath path) => path switch
    {
        KernelPath.Portable => true,
        KernelPath.Avx2 => Avx2.IsSupported,
        KernelPath.AvxVnni => AvxVnni.IsSupported,
        KernelPath.Avx512 => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated,
        _ => false,
    };
}
