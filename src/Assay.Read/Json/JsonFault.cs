namespace Assay.Read;

/// <summary>Where a document could not be read on.</summary>
/// <param name="At">The byte in the block.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record JsonFault(int At, string Reason)
{
    /// <summary>What may follow a record.</summary>
    /// <param name="isSingle">Whether the document has only one.</param>
    /// <returns>The words.</returns>
    public static string NextRecord(bool isSingle) => isSingle ? "`}`" : "`,` or `]`";

    /// <summary>Puts in words that something else was expected.</summary>
    /// <param name="expected">What.</param>
    /// <param name="found">The byte that is there; null at the file's end.</param>
    /// <returns>The words.</returns>
    public static string Words(string expected, byte? found) => found switch
    {
        null => $"the file ends where {expected} should be",
        > (byte)' ' and < 0x7F => $"{expected} is expected, not `{(char)found}`",
        _ => $"{expected} is expected, not the byte 0x{found:X2}",
    };
}
