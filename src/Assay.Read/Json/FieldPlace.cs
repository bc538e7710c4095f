namespace Assay.Read;

/// <summary>Where a field's text lies in a block.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes; -1 when there is no such field.</param>
internal readonly record struct FieldPlace(int Start, int Length)
{
    /// <summary>No field.</summary>
    public static FieldPlace Missing => new(0, -1);
}
