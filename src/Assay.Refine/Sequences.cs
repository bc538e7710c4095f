namespace Assay.Refine;

/// <summary>
/// The place of a row in a run's input as one number: the file's place among the run's files, then the record's
/// number in that file. Ascending is the order of the input.
/// </summary>
public static class Sequences
{
    /// <summary>The bits of the record's number: 10^12 records a file, 8 million files.</summary>
    public const int RowBits = 40;

    /// <summary>A row's place.</summary>
    /// <param name="file">The file, from 0.</param>
    /// <param name="row">The record's number in it, from 1.</param>
    /// <returns>The place.</returns>
    public static long Of(int file, long row) => ((long)file << RowBits) | row;

    /// <summary>The file of a place.</summary>
    /// <param name="sequence">The place.</param>
    /// <returns>The file, from 0.</returns>
    public static int File(long sequence) => (int)(sequence >> RowBits);

    /// <summary>The record's number of a place.</summary>
    /// <param name="sequence">The place.</param>
    /// <returns>The number in its file, from 1.</returns>
    public static long Row(long sequence) => sequence & ((1L << RowBits) - 1);

    internal static bool IsSameFile(long one, long other) => (one ^ other) >> RowBits == 0;
}
