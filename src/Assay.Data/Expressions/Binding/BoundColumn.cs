namespace Assay.Data;

/// <summary>A column of the batch.</summary>
internal sealed class BoundColumn(ColumnType type, int ordinal) : BoundExpression(type, [ordinal])
{
    internal override VectorOperator CreateOperator(EvaluationContext context) => new ColumnOperator(context, Type, ordinal);
}
