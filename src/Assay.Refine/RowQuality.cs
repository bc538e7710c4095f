using Assay.Data;

namespace Assay.Refine;

/// <summary>
/// <c>quality_score()</c> in a table's derived columns: 100 less 10 for each of the columns read that has no value
/// in the row, because it is missing or was wrong, and not below 0.
/// </summary>
public static class RowQuality
{
    /// <summary>The function's name.</summary>
    public const string FunctionName = "quality_score";

    private const int Best = 100;
    private const int Penalty = 10;

    /// <summary>Writes the function out, so that the expression can be bound to the table's columns.</summary>
    /// <param name="expression">The expression of a derived column.</param>
    /// <param name="columns">The columns that the table reads.</param>
    /// <returns>The expression in ordinary functions.</returns>
    /// <exception cref="ExpressionException">The function is given arguments.</exception>
    public static Expression Expand(Expression expression, IReadOnlyList<ColumnDefinition> columns) =>
        expression.Rewrite(node => node is CallExpression { Name: FunctionName } call ? Score(call, columns) : null);

    private static Expression Score(CallExpression call, IReadOnlyList<ColumnDefinition> columns)
    {
        if (call.Arguments.Count > 0 || call.IsStar)
        {
            throw new ExpressionException($"`{FunctionName}` takes no arguments", call.Position, "it is about all columns that the table reads");
        }

        // A row without a required value does not come this far.
        int at = call.Position;
        Expression score = Number(Best);
        foreach (ColumnDefinition column in columns.Where(column => !column.Required))
        {
            var isMissing = new IsNullExpression(at, new ColumnExpression(at, column.Name), IsNegated: false);
            var penalty = new CaseExpression(at, null, [new CaseBranch(isMissing, Number(Penalty))], Number(0));
            score = new BinaryExpression(at, BinaryOperator.Subtract, score, penalty);
        }

        return new CallExpression(at, "greatest", [score, Number(0)]);

        LiteralExpression Number(int value) => LiteralExpression.Number(value, 0, at);
    }
}
