namespace Assay.Data;

/// <summary>A function of one number. It says false when the result leaves the width it was asked at.</summary>
internal interface INumericMap
{
    bool TryApply(long value, out long result);

    bool TryApply(Int128 value, out Int128 result);
}
