namespace Assay.Data.Tests;

/// <summary>The typing rules again, as plainly as they can be said; null is the type of the literal null.</summary>
internal sealed class SlowTypes(Schema schema)
{
    public ColumnType? Of(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Type,
        ColumnExpression column => schema.Columns[schema.IndexOf(column.Name)].Type,
        UnaryExpression { Operator: UnaryOperator.Not } => ColumnType.Boolean,
        UnaryExpression unary => Number(Scale(unary.Operand)),
        BinaryExpression binary => binary.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Modulo =>
                Number(Math.Max(Scale(binary.Left), Scale(binary.Right))),
            BinaryOperator.Multiply => Number(Scale(binary.Left) + Scale(binary.Right)),
            BinaryOperator.Divide => Number(Math.Max(Scale(binary.Left), Scale(binary.Right)) + 6),
            BinaryOperator.Concat => ColumnType.String,
            _ => ColumnType.Boolean,
        },
        IsNullExpression or BetweenExpression or InExpression => ColumnType.Boolean,
        CaseExpression choice => Common([.. choice.Branches.Select(branch => branch.Then), .. choice.Else is null ? [] : new[] { choice.Else }]),
        CastExpression cast => Cast(cast),
        CallExpression call => Call(call),
        _ => throw new InvalidOperationException(),
    };

    public ColumnType? Common(IReadOnlyList<Expression> expressions)
    {
        ColumnType[] types = [.. expressions.Select(Of).Where(type => type is not null).Select(type => type!.Value)];
        if (types.Length == 0)
        {
            return null;
        }

        if (types.All(type => type.IsNumeric))
        {
            return Number(types.Max(type => type.Scale));
        }

        return types.Any(type => type.Kind == ColumnKind.Timestamp) ? ColumnType.Timestamp : types[0];
    }

    public int Scale(Expression expression) => Of(expression)?.Scale ?? 0;

    private static ColumnType Number(int scale) => scale == 0 ? ColumnType.Integer : ColumnType.Decimal(38, scale);

    private ColumnType Cast(CastExpression cast) =>
        cast.Type.Kind == ColumnKind.Integer ? ColumnType.Integer : cast.Type;

    private ColumnType? Call(CallExpression call)
    {
        switch (call.Name)
        {
            case "coalesce" or "least" or "greatest":
                return Common(call.Arguments);
            case "nullif":
                return Of(call.Arguments[0]);
            case "abs":
                return Number(Scale(call.Arguments[0]));
            case "round":
                int digits = call.Arguments.Count == 2 ? (int)((LiteralExpression)call.Arguments[1]).Units : 0;
                return Number(Math.Min(digits, Scale(call.Arguments[0])));
            case "date_add":
                bool isDate = Of(call.Arguments[2]) is not { Kind: ColumnKind.Timestamp };
                bool keepsDays = ((LiteralExpression)call.Arguments[0]).Text is "day" or "month" or "year";
                return isDate && keepsDays ? ColumnType.Date : ColumnType.Timestamp;
            case "date":
                return ColumnType.Date;
            case "lower" or "upper" or "trim" or "concat" or "substring" or "replace" or "split_part" or "weighted_choice" or "to_string" or "year_month" or "year_quarter" or "weekday_name" or "month_name":
                return ColumnType.String;
            case "starts_with" or "contains":
                return ColumnType.Boolean;
            default:
                return ColumnType.Integer;
        }
    }
}
