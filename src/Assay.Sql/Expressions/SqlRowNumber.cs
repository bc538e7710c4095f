using Assay.Data;

namespace Assay.Sql;

/// <summary>The place of a row, from 1, among those of its group in an order.</summary>
/// <param name="PartitionBy">What the rows of a group have in common.</param>
/// <param name="OrderBy">The values they are ordered by, ascending.</param>
public sealed record SqlRowNumber(IReadOnlyList<SqlExpression> PartitionBy, IReadOnlyList<SqlExpression> OrderBy) : SqlExpression(ColumnType.Integer);
