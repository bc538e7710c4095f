namespace Assay.Store;

/// <summary>A rename or removal that a commit promises: it is done after the commit, or by whoever opens the state next.</summary>
public sealed record PendingChange
{
    private PendingChange(string from, string? to)
    {
        From = Inside(from);
        To = to is null ? null : Inside(to);
    }

    /// <summary>The file, seen from the home, with slashes.</summary>
    public string From { get; }

    /// <summary>What it will be called, in the place of what is there; null when it is to be removed.</summary>
    public string? To { get; }

    /// <summary>Lets a file take the place of another.</summary>
    /// <param name="from">Where it is, seen from the home, with slashes.</param>
    /// <param name="to">Where it goes; what is there is replaced.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException">A path leads out of the home.</exception>
    public static PendingChange Move(string from, string to) => new(from, to);

    /// <summary>Removes a file, and its folder when it was the last of a partition.</summary>
    /// <param name="path">Where it is, seen from the home, with slashes.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException">The path leads out of the home.</exception>
    public static PendingChange Remove(string path) => new(path, null);

    /// <summary>All that a load makes of a table in silver.</summary>
    /// <param name="change">The load's files.</param>
    /// <returns>The renames, then the removals.</returns>
    public static IReadOnlyList<PendingChange> Of(SilverChange change) =>
        [.. change.Renames.Select(rename => Move(rename.From, rename.To)), .. change.Removals.Select(Remove)];

    private static string Inside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\\', StringComparison.Ordinal)
            && !path.Split('/').Any(part => part is "" or "." or "..")
            ? path
            : throw new ArgumentException($"'{path}' is not a path within the home.", nameof(path));
}
