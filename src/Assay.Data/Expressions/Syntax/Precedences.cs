namespace Assay.Data;

/// <summary>The precedence and the symbols of operators.</summary>
internal static class Precedences
{
    public static Precedence Of(Expression node) => node switch
    {
        BinaryExpression binary => Of(binary.Operator),
        UnaryExpression { Operator: UnaryOperator.Not } => Precedence.Not,
        UnaryExpression => Precedence.Sign,
        LiteralExpression { Type.IsNumeric: true, Units: var units } when units < 0 => Precedence.Sign,
        IsNullExpression => Precedence.Is,
        InExpression or BetweenExpression => Precedence.Range,
        _ => Precedence.Primary,
    };

    public static Precedence Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Precedence.Or,
        BinaryOperator.And => Precedence.And,
        BinaryOperator.Concat => Precedence.Concat,
        BinaryOperator.Add or BinaryOperator.Subtract => Precedence.Sum,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => Precedence.Product,
        _ => Precedence.Comparison,
    };

    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        _ => "||",
    };
}
