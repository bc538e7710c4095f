namespace Assay.Read.Rest;

/// <summary>What is known of a page of an API: enough to go on from it without asking again.</summary>
public sealed record RestPage
{
    /// <summary>What was asked for: path and query seen from the API's base address, as in <c>users?page=2</c>; a whole
    /// address when it lies elsewhere (from the host on, where <see cref="RestResource.BaseLabel"/> stands for that). Secrets are never part of it. It tells one page of a source from another.</summary>
    public required string Address { get; init; }

    /// <summary>Its place in the order of the source, fit to be part of a file's name: <c>00002</c>, or, below the seventh
    /// record of a parent, <c>00007-00002</c>. Ordinal order is reading order, and does not depend on which came first.</summary>
    public required string Part { get; init; }

    /// <summary>The SHA-256 of the body, 64 digits of lower-case hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The size of the body, decompressed, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many records it has.</summary>
    public required long Records { get; init; }

    /// <summary>How the page after it is asked for, in the words of its paginator; null when it is the last.</summary>
    public string? Next { get; init; }

    /// <summary>How many records, or pages, the API says there are in all (what the paginator's <c>total_path</c> names).</summary>
    public long? Total { get; init; }

    /// <summary>The greatest value of the incremental cursor among its records; null without one.</summary>
    public string? Watermark { get; init; }

    /// <summary>The <c>ETag</c> that came with it, verbatim.</summary>
    public string? ETag { get; init; }

    /// <summary>The <c>Last-Modified</c> that came with it, verbatim.</summary>
    public string? LastModified { get; init; }

    /// <summary>A fingerprint of how it was read: of the paginator, and of where records and cursors were looked for. Read in another
    /// way, the same body says something else, so such a page is asked for anew; null is no way at all.</summary>
    public string? Reading { get; init; }

    /// <summary>When it was fetched, or last found to be unchanged, in UTC.</summary>
    public required DateTimeOffset Fetched { get; init; }
}
