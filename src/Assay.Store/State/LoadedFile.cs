namespace Assay.Store;

/// <summary>A file whose rows are in silver.</summary>
/// <param name="Source">The source it is of.</param>
/// <param name="Sha256">The hash of its bytes, 64 digits of lower-case hexadecimal.</param>
/// <param name="Name">What it was called when it was loaded.</param>
/// <param name="Bytes">Its size as it was given.</param>
/// <param name="Rows">How many rows it has, faulty ones included.</param>
/// <param name="BronzePath">Where its bytes are kept, seen from the home, with slashes; null when they are not.</param>
public sealed record LoadedFile(string Source, string Sha256, string Name, long Bytes, long Rows, string? BronzePath = null)
{
    /// <summary>How it is to be read, such as <c>csv</c>, when that was noted.</summary>
    public string? Format { get; init; }

    /// <summary>The batch it belongs to; set when it is read back.</summary>
    public long Batch { get; init; }

    /// <summary>The run that loaded it; set when it is read back.</summary>
    public string RunId { get; init; } = "";

    /// <summary>When it was loaded, in UTC. Unset in a commit, it is the commit's time; a refresh passes on the first.</summary>
    public DateTimeOffset LoadedAt { get; init; }
}
