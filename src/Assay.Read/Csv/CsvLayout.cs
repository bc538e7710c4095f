namespace Assay.Read;

/// <summary>What a file's header says.</summary>
/// <param name="Delimiter">The byte between fields.</param>
/// <param name="Fields">How many fields a record should have.</param>
/// <param name="Ordinals">For each column that was asked for, its place in a record, from 0; <see cref="Nowhere"/> when the file lacks it.</param>
/// <param name="DataOffset">Where the first byte after the header stands in the uncompressed file.</param>
internal sealed record CsvLayout(byte Delimiter, int Fields, int[] Ordinals, long DataOffset)
{
    /// <summary>A place past the end of every record.</summary>
    public const int Nowhere = int.MaxValue;
}
