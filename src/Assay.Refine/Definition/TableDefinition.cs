using Assay.Data;

namespace Assay.Refine;

/// <summary>A table of clean rows, as a pipeline declares it.</summary>
public sealed record TableDefinition
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source its rows come from.</summary>
    public required string From { get; init; }

    /// <summary>The table that each record is a row of, too, or null: an order whose lines this table holds. A record that is refused there is no row here.</summary>
    public string? Parent { get; init; }

    /// <summary>The columns that tell its rows apart; none when rows are only ever added.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The column whose greatest value decides between rows of one key, or null for the order of the input.</summary>
    public string? Newest { get; init; }

    /// <summary>Whether rows of one key within one file must agree in all columns; else the newest of them counts.</summary>
    public bool MustAgree { get; init; }

    /// <summary>How its stored rows are shared out over files, or null for one file.</summary>
    public PartitionDefinition? PartitionBy { get; init; }

    /// <summary>What becomes of fields that are not known.</summary>
    public SchemaContract SchemaContract { get; init; }

    /// <summary>The columns read from the source.</summary>
    public required IReadOnlyList<ColumnDefinition> Columns { get; init; }

    /// <summary>The columns computed from them.</summary>
    public IReadOnlyList<DerivedColumn> Derive { get; init; } = [];

    /// <summary>Keeps only the rows for which it is true, or null to keep all; the others are counted as filtered.</summary>
    public Expression? Where { get; init; }
}
