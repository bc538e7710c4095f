using Assay.Data;

namespace Assay.Sql;

/// <summary>An operation on values.</summary>
/// <param name="Type">The type of its result.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Arguments">What it works on, as the operation says.</param>
public sealed record SqlCall(ColumnType Type, SqlOperation Operation, IReadOnlyList<SqlExpression> Arguments) : SqlExpression(Type)
{
    /// <summary>The unit of <see cref="SqlOperation.DateAdd"/> and <see cref="SqlOperation.DateDifference"/>, as expressions
    /// name it, such as <c>day</c>; null elsewhere.</summary>
    public string? Unit { get; init; }
}
