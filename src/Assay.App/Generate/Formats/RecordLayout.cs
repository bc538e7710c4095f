namespace Assay.App.Generate;

/// <summary>What stands around the values of a file.</summary>
/// <param name="Header">What the file begins with.</param>
/// <param name="Before">What stands before each value of a record, by the column's place.</param>
/// <param name="End">What ends a record.</param>
/// <param name="Footer">What the file ends with.</param>
internal sealed record RecordLayout(byte[] Header, byte[][] Before, byte[] End, byte[] Footer)
{
    /// <summary>The bytes of a record beside its values.</summary>
    public int Bytes => Before.Sum(text => text.Length) + End.Length;
}
