using Assay.Data;

namespace Assay.Sql;

/// <summary>The number of rows of a row's group, as a window over them.</summary>
/// <param name="PartitionBy">What the rows of a group have in common.</param>
public sealed record SqlGroupCount(IReadOnlyList<SqlExpression> PartitionBy) : SqlExpression(ColumnType.Integer);
