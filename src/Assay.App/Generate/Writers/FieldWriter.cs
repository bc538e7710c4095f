namespace Assay.App.Generate;

/// <summary>Writes one value of one row as UTF-8.</summary>
/// <param name="maxBytes">The most bytes that a value can take; the destination always has them.</param>
/// <param name="special">Whether a value can hold bytes that a CSV field must be quoted for.</param>
internal abstract class FieldWriter(int maxBytes, bool special)
{
    /// <summary>The most bytes that a value can take.</summary>
    public int MaxBytes { get; } = maxBytes;

    /// <summary>Whether a value can hold bytes that a CSV field must be quoted for.</summary>
    public bool Special { get; } = special;

    /// <summary>Writes the value.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>The bytes written.</returns>
    public abstract int Write(RowBlock block, int index, Span<byte> destination);
}
