using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>What decoding a raw text came to: a value, nothing, or a fault.</summary>
/// <param name="Value">The cell, when there is neither null nor fault.</param>
/// <param name="IsNull">Whether the value is missing.</param>
/// <param name="Fault">What is wrong, or <see cref="FaultCode.None"/>.</param>
internal readonly record struct Decoded(long Value, bool IsNull, FaultCode Fault)
{
    public static Decoded Null { get; } = new(0, true, FaultCode.None);

    public static Decoded Of(long value) => new(value, false, FaultCode.None);

    public static Decoded Bad(FaultCode fault) => new(0, true, fault);
}
