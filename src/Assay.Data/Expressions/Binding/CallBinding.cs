namespace Assay.Data;

/// <summary>A call while it is bound: its arguments, checked for their types.</summary>
internal sealed class CallBinding(ExpressionBinder binder, CallExpression node)
{
    public ExpressionBinder Binder => binder;

    public CallExpression Node => node;

    public int Count => node.Arguments.Count;

    public BoundExpression Value(int index) => binder.Bind(node.Arguments[index]);

    public BoundExpression Text(int index) => Of(index, "text", ColumnKind.String);

    public BoundExpression Number(int index) => Of(index, "a number", ColumnKind.Integer, ColumnKind.Decimal);

    public BoundExpression Integer(int index) => Of(index, "an integer", ColumnKind.Integer);

    public BoundExpression Moment(int index) => Of(index, "a date or timestamp", ColumnKind.Date, ColumnKind.Timestamp);

    public BoundExpression Timestamp(int index) => Of(index, "a timestamp", ColumnKind.Timestamp);

    /// <summary>An argument that is written out as a whole number.</summary>
    public int Digits(int index) =>
        Value(index) is BoundConstant { IsNull: false, Type.Kind: ColumnKind.Integer } constant
        && constant.Units >= 0
        && constant.Units <= ColumnType.MaxScale
            ? (int)constant.Units
            : throw new ExpressionException(
                $"`{node.Name}` needs a whole number from 0 to {ColumnType.MaxScale}, written out, here",
                node.Arguments[index].Position);

    /// <summary>An argument that is a text, the same for all rows.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="what">What it is, for the message.</param>
    public string WrittenText(int index, string what) => Value(index) is BoundConstant { Text: { } text }
        ? text
        : throw new ExpressionException($"`{node.Name}` needs {what}, a text written out, here", node.Arguments[index].Position);

    /// <summary>An argument that is a whole number, the same for all rows.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most that it may be.</param>
    public long WrittenNumber(int index, string what, long least, long most) =>
        Value(index) is BoundConstant { IsNull: false, Type.Kind: ColumnKind.Integer } constant
        && constant.Units >= least
        && constant.Units <= most
            ? (long)constant.Units
            : throw new ExpressionException(
                $"`{node.Name}` needs {what}, a whole number from {least} to {most} written out, here", node.Arguments[index].Position);

    /// <summary>An argument that is written out as the name of a unit of time.</summary>
    public TimeUnit Unit(int index)
    {
        if (Value(index) is not BoundConstant { Text: { } text })
        {
            throw new ExpressionException(
                $"`{node.Name}` needs a unit of time, written out like 'day', here", node.Arguments[index].Position);
        }

        return TimeUnits.TryParse(text, out TimeUnit unit)
            ? unit
            : throw new ExpressionException(
                $"'{text}' is not a unit of time", node.Arguments[index].Position, DidYouMean.Hint(text, TimeUnits.Names));
    }

    private BoundExpression Of(int index, string wanted, params ReadOnlySpan<ColumnKind> kinds)
    {
        BoundExpression value = Value(index);
        if (value == BoundConstant.UntypedNull)
        {
            return BoundConstant.Null(new ColumnType(kinds[0]));
        }

        return kinds.Contains(value.Type.Kind) ? value : throw Wrong(index, wanted);
    }

    private ExpressionException Wrong(int index, string wanted) => new(
        $"`{node.Name}` needs {wanted} here, not {TypeRules.Name(Value(index))}",
        node.Arguments[index].Position,
        node.Name == "concat" ? "use to_string(x)" : null);
}
