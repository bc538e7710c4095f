namespace Assay.Read.Rest;

/// <summary>What is looked for in a page, and where: paths taken apart into names.</summary>
internal sealed record PageShape
{
    /// <summary>The records; null when the page is the list of them, or the one record.</summary>
    public string[]? Record { get; init; }

    /// <summary>How many pages or records there are in all.</summary>
    public string[]? Total { get; init; }

    /// <summary>How many records there are in all, where <see cref="Total"/> tells pages.</summary>
    public string[]? TotalRecords { get; init; }

    /// <summary>The cursor or link of the next page.</summary>
    public string[]? Next { get; init; }

    /// <summary>The incremental cursor in a record.</summary>
    public string[]? Cursor { get; init; }

    /// <summary>The field in a record whose values are collected.</summary>
    public string[]? Collect { get; init; }

    /// <summary>The fields in a record that go along with it, by the names they get.</summary>
    public IReadOnlyList<(string Name, string[] Path)> CollectFields { get; init; } = [];

    /// <summary>Whether the signs of a next page are looked for under their usual names.</summary>
    public bool LooksForSigns { get; init; }

    /// <summary>What a resource asks for, whatever its paginator.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The shape.</returns>
    public static PageShape Of(RestResource resource) => new()
    {
        Record = Names(resource.Record),
        Cursor = Names(resource.Incremental?.CursorPath),
        Collect = Names(resource.Collect),
        CollectFields = [.. resource.CollectFields.Select(field => (field.Key, FieldPath.Parse(field.Value)))],
    };

    /// <summary>Takes a path apart.</summary>
    /// <param name="path">The path; null for none.</param>
    /// <returns>Its names; null for none.</returns>
    public static string[]? Names(string? path) => path is null ? null : FieldPath.Parse(path);
}
