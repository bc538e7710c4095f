using Assay.Data;

namespace Assay.Sql;

/// <summary>The value of the first condition that is true.</summary>
/// <param name="Type">The type of all values.</param>
/// <param name="Branches">Conditions and values.</param>
/// <param name="Otherwise">The value when none is.</param>
public sealed record SqlCase(ColumnType Type, IReadOnlyList<(SqlExpression When, SqlExpression Then)> Branches, SqlExpression Otherwise)
    : SqlExpression(Type);
