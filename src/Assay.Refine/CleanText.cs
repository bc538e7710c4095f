using Assay.Data;

namespace Assay.Refine;

/// <summary>What a cleaning rule gives: text, nothing, or a fault.</summary>
/// <param name="Text">The text, or null when the value is missing.</param>
/// <param name="Fault">What is wrong, or <see cref="FaultCode.None"/>.</param>
public readonly record struct CleanText(string? Text, FaultCode Fault = FaultCode.None)
{
    /// <summary>What a registered rule gives for a value that it refuses.</summary>
    public static CleanText Refused { get; } = new(null, FaultCode.RuleFailed);
}
