namespace Assay.Data;

/// <summary>A value whose cells are right as they are for another type, such as a decimal without digits after the
/// point as an integer.</summary>
internal sealed class BoundRetyped(BoundExpression inner, ColumnType type) : BoundExpression(type, inner.Columns)
{
    internal override VectorOperator CreateOperator(EvaluationContext context) => context.Operator(inner);
}
