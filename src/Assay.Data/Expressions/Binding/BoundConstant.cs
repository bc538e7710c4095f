namespace Assay.Data;

/// <summary>A value known when the expression is bound.</summary>
internal sealed class BoundConstant : BoundExpression
{
    private BoundConstant(ColumnType type, Int128 units, string? text, bool isNull)
        : base(type, [])
    {
        Units = units;
        Text = text;
        IsNull = isNull;
    }

    /// <summary>A null that takes on whatever type its surroundings need.</summary>
    public static BoundConstant UntypedNull { get; } = Null(ColumnType.String);

    public Int128 Units { get; }

    public string? Text { get; }

    public bool IsNull { get; }

    public override LiteralExpression Constant =>
        IsNull ? LiteralExpression.Null() : new LiteralExpression(0, Type, Units, Text);

    public static BoundConstant Null(ColumnType type) => new(type, 0, null, isNull: true);

    public static BoundConstant Of(ColumnType type, Int128 units) => new(type, units, null, isNull: false);

    public static BoundConstant Of(string text) => new(ColumnType.String, 0, text, isNull: false);

    internal override VectorOperator CreateOperator(EvaluationContext context) => new ConstantOperator(context, this);
}
