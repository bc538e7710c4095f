namespace Assay.App.Generate;

/// <summary>Writes one value of one row as UTF-8.</summary>
/// <param name="maxBytes">The most bytes that a value can take; the destination always has them.</param>
/// <param name="special">Whether a value can hold bytes that the file's format must escape.</param>
/// <param name="isNumber">Whether a value is always a plain decimal number.</param>
internal abstract class FieldWriter(int maxBytes, bool special, bool isNumber = false)
{
    /// <summary>The most bytes that a value can take.</summary>
    public int MaxBytes { get; } = maxBytes;

    /// <summary>Whether a value can hold bytes that the file's format must escape.</summary>
    public bool Special { get; } = special;

    /// <summary>Whether a value is always a plain decimal number.</summary>
    public bool IsNumber { get; } = isNumber;

    /// <summary>Writes the value.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>The bytes written.</returns>
    public abstract int Write(RowBlock block, int index, Span<byte> destination);
}
