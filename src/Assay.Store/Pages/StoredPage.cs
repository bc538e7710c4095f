namespace Assay.Store;

/// <summary>A page of an API that is kept in bronze.</summary>
public sealed record StoredPage
{
    /// <summary>What was asked for, without secrets; it tells one page of a source from another.</summary>
    public required string Address { get; init; }

    /// <summary>Its place in the order of the source; ordinal order is reading order.</summary>
    public required string Part { get; init; }

    /// <summary>The SHA-256 of its body, 64 digits of lower-case hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The size of its body.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many records it has.</summary>
    public required long Records { get; init; }

    /// <summary>How the page after it is asked for; null when it is the last.</summary>
    public string? Next { get; init; }

    /// <summary>How many records or pages the API says there are.</summary>
    public long? Total { get; init; }

    /// <summary>The greatest value of the incremental cursor among its records.</summary>
    public string? Watermark { get; init; }

    /// <summary>The <c>ETag</c> that came with it.</summary>
    public string? ETag { get; init; }

    /// <summary>The <c>Last-Modified</c> that came with it.</summary>
    public string? LastModified { get; init; }

    /// <summary>A fingerprint of how it was read; null when nobody knows.</summary>
    public string? Reading { get; init; }

    /// <summary>When it was fetched, or last found to be unchanged, in UTC.</summary>
    public required DateTimeOffset Fetched { get; init; }

    /// <summary>Its file.</summary>
    public required PageFile File { get; init; }

    /// <summary>The extract that met it last.</summary>
    public required long Extract { get; init; }

    /// <summary>The <see cref="ContentHash"/> of the body that silver has from its address; null when it has none.
    /// It is the commit that sets it.</summary>
    public string? LoadedHash { get; init; }

    /// <summary>Whether silver has what it says.</summary>
    public bool IsLoaded => LoadedHash == ContentHash;
}
