using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>A condition on a table as a whole, tested when all its rows are read.</summary>
public sealed record CheckDefinition
{
    /// <summary>The check's name.</summary>
    public required string Name { get; init; }

    /// <summary>The table that it is about.</summary>
    public required string Table { get; init; }

    /// <summary>What must be true, over the columns of <see cref="Figures"/>.</summary>
    public required Expression Rule { get; init; }

    /// <summary>The rule as the pipeline writes it.</summary>
    public required string RuleText { get; init; }

    /// <summary>Whether a run whose rows do not satisfy it publishes all the same, with a warning.</summary>
    public bool IsWarning { get; init; }

    /// <summary>
    /// What a rule can speak of: the numbers of rows <c>read</c>, <c>accepted</c>, <c>quarantined</c>, <c>deduplicated</c> and
    /// <c>filtered</c>, and <c>accepted_rate</c> and <c>rejected_rate</c>, the accepted and the quarantined as a fraction
    /// (6 decimals) of those read.
    /// </summary>
    public static Schema Figures { get; } = new(
    [
        new Column("read", ColumnType.Integer),
        new Column("accepted", ColumnType.Integer),
        new Column("quarantined", ColumnType.Integer),
        new Column("deduplicated", ColumnType.Integer),
        new Column("filtered", ColumnType.Integer),
        new Column("accepted_rate", ColumnType.Decimal(7, 6)),
        new Column("rejected_rate", ColumnType.Decimal(7, 6)),
    ]);
}
