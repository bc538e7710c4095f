namespace Assay.App.Plans;

/// <summary>What a run would do with one file.</summary>
/// <param name="Path">The file as it was given; a sample's name; <c>-</c> for standard input.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Bytes">Its size as it lies on the disk; null when nobody knows.</param>
/// <param name="Rows">How many records it has; null when nobody can tell without reading it.</param>
internal sealed record PlannedFile(string Path, FileUse Use, long? Bytes, RowEstimate? Rows)
{
    /// <summary>The hash of its bytes in lower-case hexadecimal, when it had to be computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether it would be generated first.</summary>
    public bool IsSample { get; init; }

    /// <summary>For an API: the pages that an interrupted run fetched, and that need not be asked for again.</summary>
    public long PagesFetched { get; init; }

    /// <summary>Whether a run reads it.</summary>
    public bool IsRead => Use is FileUse.Read or FileUse.New or FileUse.Again or FileUse.Ask;
}
