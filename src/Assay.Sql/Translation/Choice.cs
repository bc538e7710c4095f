using Assay.Data;

namespace Assay.Sql;

/// <summary>Translates what chooses among values: <c>case</c>, <c>coalesce</c>, <c>nullif</c>, <c>least</c>, <c>greatest</c>.</summary>
internal static class Choice
{
    public static SqlExpression Case(ExpressionTranslation translation, CaseExpression node)
    {
        ColumnType type = translation.Bind(node).Type;
        var branches = new List<(SqlExpression When, SqlExpression Then)>();
        foreach (CaseBranch branch in node.Branches)
        {
            SqlExpression when = node.Operand is null
                ? translation.Condition(branch.When)
                : translation.Compare(BinaryOperator.Equal, node.Operand, branch.When);
            SqlExpression then = Conversion.To(translation.Translate(branch.Then), type);
            if (when is not SqlValue decided)
            {
                branches.Add((when, then));
            }
            else if (!decided.IsNull && decided.Units != 0)
            {
                return Of(type, branches, then);
            }
        }

        SqlExpression otherwise = node.Else is null
            ? SqlValue.Null(type)
            : Conversion.To(translation.Translate(node.Else), type);
        return Of(type, branches, otherwise);
    }

    public static SqlExpression NullIf(ExpressionTranslation translation, CallExpression call)
    {
        SqlExpression value = translation.Translate(call.Arguments[0]);
        SqlExpression equal = translation.Compare(BinaryOperator.Equal, call.Arguments[0], call.Arguments[1]);
        return equal is SqlValue
            ? value
            : new SqlCase(value.Type, [(equal, SqlValue.Null(value.Type))], value);
    }

    public static SqlExpression Coalesce(ExpressionTranslation translation, CallExpression call)
    {
        ColumnType type = translation.Bind(call).Type;
        var values = new List<SqlExpression>();
        foreach (SqlExpression value in Unify(translation, call, type))
        {
            if (value is not SqlValue { IsNull: true })
            {
                values.Add(value);
            }

            if (value is SqlValue { IsNull: false })
            {
                break;
            }
        }

        return values.Count switch
        {
            0 => SqlValue.Null(type),
            1 => values[0],
            _ => new SqlCall(type, SqlOperation.Coalesce, values),
        };
    }

    public static SqlExpression Extreme(ExpressionTranslation translation, CallExpression call, SqlOperation operation)
    {
        ColumnType type = translation.Bind(call).Type;
        SqlExpression[] values = [.. Unify(translation, call, type)];
        return values.Length == 1 ? values[0] : ExpressionTranslation.Strict(type, operation, values);
    }

    private static IEnumerable<SqlExpression> Unify(ExpressionTranslation translation, CallExpression call, ColumnType type) =>
        call.Arguments.Select(argument => Conversion.To(translation.Translate(argument), type));

    private static SqlExpression Of(
        ColumnType type, List<(SqlExpression When, SqlExpression Then)> branches, SqlExpression otherwise) =>
        branches.Count == 0 ? otherwise : new SqlCase(type, branches, otherwise);
}
