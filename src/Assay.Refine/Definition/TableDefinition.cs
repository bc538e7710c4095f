using Assay.Data;

namespace Assay.Refine;

/// <summary>A table of clean rows, as a pipeline declares it.</summary>
public sealed record TableDefinition
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source its rows come from.</summary>
    public required string From { get; init; }

    /// <summary>The columns, of those read and derived, that no two rows have the same values of; none when nothing is said.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The columns read from the source.</summary>
    public required IReadOnlyList<ColumnDefinition> Columns { get; init; }

    /// <summary>The columns computed from them.</summary>
    public IReadOnlyList<DerivedColumn> Derive { get; init; } = [];

    /// <summary>Keeps only the rows for which it is true, or null to keep all; the others are counted as filtered.</summary>
    public Expression? Where { get; init; }
}
