using System.Text;

namespace Assay.Data;

/// <summary>Computes, when an expression is bound, what depends on no column.</summary>
internal static class Fold
{
    private static readonly Schema NoColumns = new([]);

    /// <summary>Makes a call, or its value when all inputs are constants.</summary>
    /// <exception cref="OverflowException">The value needs more than 128 bits.</exception>
    public static BoundExpression Call(ColumnType type, BoundExpression[] inputs, OperatorFactory factory)
    {
        var call = new BoundCall(type, inputs, factory);
        return inputs.Length > 0 && inputs.All(input => input is BoundConstant) ? Evaluate(call) : call;
    }

    /// <summary>Binds a node, telling where a constant overflowed.</summary>
    public static BoundExpression Located(Expression node, Func<BoundExpression> bind)
    {
        try
        {
            return bind();
        }
        catch (OverflowException)
        {
            throw new ExpressionException("the value of this constant needs more than 128 bits", node.Position);
        }
    }

    private static BoundConstant Evaluate(BoundCall call)
    {
        var texts = new TextPool();
        var evaluator = new VectorEvaluator(texts, capacity: 1);
        Vector value = evaluator.Evaluate(call, new RowBatch(NoColumns, texts, capacity: 1) { Count = 1 });
        if (evaluator.HasOverflow)
        {
            throw new OverflowException();
        }

        if (value.IsNull(0))
        {
            return BoundConstant.Null(call.Type);
        }

        return call.Type.Kind == ColumnKind.String
            ? BoundConstant.Of(Encoding.UTF8.GetString(texts[(int)value.Values[0]]))
            : BoundConstant.Of(call.Type, value.Get(0));
    }
}
