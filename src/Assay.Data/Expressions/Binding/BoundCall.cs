namespace Assay.Data;

/// <summary>Makes the operator of a call from those of its inputs.</summary>
internal delegate VectorOperator OperatorFactory(EvaluationContext context, VectorOperator[] inputs);

/// <summary>An operator or function over bound inputs.</summary>
internal sealed class BoundCall(ColumnType type, BoundExpression[] inputs, OperatorFactory factory)
    : BoundExpression(type, [.. inputs.SelectMany(input => input.Columns).Distinct().Order()])
{
    internal override VectorOperator CreateOperator(EvaluationContext context) =>
        factory(context, [.. inputs.Select(context.Operator)]);
}
