using Assay.Data;

namespace Assay.Measure;

/// <summary>A KPI as a pipeline declares it: either groups with measures, or, with <see cref="Score"/>, the best-scored rows.</summary>
public sealed record KpiDefinition
{
    /// <summary>Its name: the name of its files.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The table it is computed from.</summary>
    public required string From { get; init; }

    /// <summary>The tables whose columns its rows get; a name that the table itself has means the table's own column,
    /// and of two joined tables the first one's.</summary>
    public IReadOnlyList<KpiJoin> Joins { get; init; } = [];

    /// <summary>The rows' window of time, or null for all rows.</summary>
    public LastWindow? Last { get; init; }

    /// <summary>Rows for which this is not true are left out; null keeps all.</summary>
    public Expression? Where { get; init; }

    /// <summary>The groups' keys, in output order; none makes one group of all rows.</summary>
    public IReadOnlyList<NamedExpression> GroupBy { get; init; } = [];

    /// <summary>Fills the gaps between the least and the greatest key with groups of no rows; the groups have one key then.</summary>
    public FillUnit? Fill { get; init; }

    /// <summary>Expressions over aggregates, one column each.</summary>
    public IReadOnlyList<NamedExpression> Measures { get; init; } = [];

    /// <summary>Groups for which this is not true are left out before anything is derived, over keys, measures and
    /// aggregates; null keeps all.</summary>
    public Expression? Having { get; init; }

    /// <summary>Columns computed from keys and measures after aggregation.</summary>
    public IReadOnlyList<NamedExpression> Derive { get; init; } = [];

    /// <summary>Divides the groups into segments, or null.</summary>
    public SegmentDefinition? Segments { get; init; }

    /// <summary>Figures over all groups, those that <see cref="Limit"/> cuts off included; each may use those before it.</summary>
    public IReadOnlyList<NamedExpression> Summary { get; init; } = [];

    /// <summary>For scored rows: the columns to write before score and reasons, in order.</summary>
    public IReadOnlyList<NamedExpression> Columns { get; init; } = [];

    /// <summary>How rows are scored, or null for a grouped KPI.</summary>
    public ScoreDefinition? Score { get; init; }

    /// <summary>The order of the rows; ties are broken by all remaining keys ascending.</summary>
    public IReadOnlyList<OrderTerm> OrderBy { get; init; } = [];

    /// <summary>The most rows to keep, or null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The aggregates that its expressions may call beside the built-in ones.</summary>
    public AggregateCatalog Aggregates { get; init; } = AggregateCatalog.Empty;

    /// <summary>The chart that shows it best (<c>bar</c>, <c>line</c>, <c>pie</c>, <c>heat_map</c>, <c>table</c>), or null.</summary>
    public string? Chart { get; init; }
}
