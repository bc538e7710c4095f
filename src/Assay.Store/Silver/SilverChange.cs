namespace Assay.Store;

/// <summary>
/// What a load makes of a table: files that are written but hidden, and what <see cref="SilverFiles.Apply"/> is to
/// do with them. Nothing that readers see has changed yet.
/// </summary>
public sealed record SilverChange
{
    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>The staged files and what they become; on the disk already, whatever happens.</summary>
    public required IReadOnlyList<SilverRename> Renames { get; init; }

    /// <summary>The paths below the home of published files that the table no longer has.</summary>
    public required IReadOnlyList<string> Removals { get; init; }

    /// <summary>The table as it will be, read from the staged files: until the change is applied.</summary>
    public required SilverSnapshot Staged { get; init; }

    /// <summary>The table as it will be, once the change is applied.</summary>
    public required SilverSnapshot Applied { get; init; }

    /// <summary>Rows of the load whose key the table did not have.</summary>
    public required long Added { get; init; }

    /// <summary>Rows of the load that take the place of a different one of the same key.</summary>
    public required long Replaced { get; init; }

    /// <summary>Rows of the load that the table had already, in every column.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Rows of the load that were older than the table's row of the same key, which stays.</summary>
    public required long KeptExisting { get; init; }

    /// <summary>The table's rows after the change.</summary>
    public required long Rows { get; init; }
}
