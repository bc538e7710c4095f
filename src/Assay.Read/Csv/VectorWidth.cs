using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>How many bytes are compared at once.</summary>
internal enum VectorWidth
{
    /// <summary>One: any machine.</summary>
    Scalar,

    /// <summary>16 bytes.</summary>
    Bits128,

    /// <summary>32 bytes.</summary>
    Bits256,

    /// <summary>64 bytes.</summary>
    Bits512,
}

/// <summary>Which widths the machine has.</summary>
internal static class VectorWidths
{
    /// <summary>The widest that is fast here.</summary>
    public static VectorWidth Best { get; } = Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
