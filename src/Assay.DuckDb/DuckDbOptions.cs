namespace Assay.DuckDb;

/// <summary>How a database works.</summary>
public sealed record DuckDbOptions
{
    /// <summary>How many threads a query may use, the caller's included; 0 is one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>The bytes it may hold in memory before it writes intermediate results to
    /// <see cref="TempFolder"/>; 0 is the library's own default, 80 % of the machine's memory.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>Where intermediate results go that outgrow memory. Null: nowhere, a query that needs more fails.</summary>
    public string? TempFolder { get; init; }

    /// <summary>Whether the file is only read, and must be there.</summary>
    public bool IsReadOnly { get; init; }
}
