using Assay.Data;

namespace Assay.Sql;

/// <summary>A query.</summary>
public sealed record SelectStatement : SqlStatement
{
    /// <summary>The columns it gives.</summary>
    public required IReadOnlyList<SelectColumn> Columns { get; init; }

    /// <summary>Where the rows come from.</summary>
    public required SqlSource From { get; init; }

    /// <summary>The tables joined to them.</summary>
    public IReadOnlyList<LeftJoin> Joins { get; init; } = [];

    /// <summary>Which rows; null takes all.</summary>
    public SqlExpression? Where { get; init; }

    /// <summary>How many of the first columns are the keys of groups; null for a query without groups. None, with
    /// aggregates, makes one group of all rows.</summary>
    public int? GroupKeys { get; init; }

    /// <summary>Which groups; null takes all.</summary>
    public SqlExpression? Having { get; init; }

    /// <summary>The order of the rows; nulls come last either way.</summary>
    public IReadOnlyList<SelectOrder> OrderBy { get; init; } = [];

    /// <summary>The most rows; null gives all.</summary>
    public long? Limit { get; init; }

    /// <summary>The columns' names and types.</summary>
    public Schema Result => new([.. Columns.Select(column => new Column(column.Name, column.Value.Type))]);
}
