namespace Assay.App.Pipelines;

/// <summary>Every value of a column is there in a column of another table. Rows in which it is missing are not looked at.</summary>
/// <remarks>Its figures need both tables: whoever runs it gives <see cref="RowsFigure"/> and <see cref="OrphansFigure"/>.</remarks>
public sealed record RelationshipCheck : CheckDefinition
{
    /// <summary>The figure of the rows that have a value.</summary>
    public const string RowsFigure = "rows";

    /// <summary>The figure of those whose value is not in the other table.</summary>
    public const string OrphansFigure = "orphans";

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The other table.</summary>
    public required string ToTable { get; init; }

    /// <summary>Its column.</summary>
    public required string ToColumn { get; init; }

    /// <summary>How many rows may have a value that is not there.</summary>
    public CheckAllowance AtMost { get; init; } = CheckAllowance.None;

    /// <inheritdoc/>
    public override string Expectation => $"every {Column} to be in {ToTable}.{ToColumn}{AtMost}";

    /// <summary>Whether so many orphans are allowed, and how reports say it.</summary>
    /// <param name="orphans">The rows whose value is not in the other table.</param>
    /// <param name="rows">The rows that have a value.</param>
    /// <returns>The finding.</returns>
    public CheckFinding Find(long orphans, long rows) =>
        Find(new CheckFigures { Measured = new Dictionary<string, long?> { [RowsFigure] = rows, [OrphansFigure] = orphans } });

    private protected override (bool Holds, string Observed) Decide(CheckFigures figures)
    {
        long orphans = figures.Measure(OrphansFigure);
        long rows = figures.Measure(RowsFigure);
        return (AtMost.Allows(orphans, rows), $"{orphans} of {rows} rows without one");
    }
}
