using Assay.Data;

namespace Assay.Sql;

/// <summary>Makes an expression of a statement of one of a pipeline.</summary>
public static class SqlTranslator
{
    /// <summary>Translates an expression.</summary>
    /// <param name="expression">The expression, without aggregates and windows.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <param name="column">Gives the reference to a column of the schema, by its place.</param>
    /// <returns>The statement's expression, of the type that <see cref="ExpressionBinder"/> gives it.</returns>
    /// <exception cref="SqlException">No database says it with the same result: it needs a function such as <c>upper</c> or
    /// a quotient; tables can derive such columns when they are loaded.</exception>
    /// <exception cref="ExpressionException">It does not bind.</exception>
    public static SqlExpression Translate(Expression expression, Schema schema, Func<int, SqlExpression> column) =>
        new ExpressionTranslation(schema, column).Translate(expression);

    /// <summary>Translates an expression that must be true or false.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="schema">The columns it may read.</param>
    /// <param name="column">Gives the reference to a column of the schema, by its place.</param>
    /// <returns>The statement's expression, of type boolean.</returns>
    /// <exception cref="SqlException">No database says it with the same result.</exception>
    /// <exception cref="ExpressionException">It does not bind, or is of another type.</exception>
    public static SqlExpression TranslateCondition(Expression expression, Schema schema, Func<int, SqlExpression> column)
    {
        _ = ExpressionBinder.BindCondition(expression, schema);
        return new ExpressionTranslation(schema, column).Condition(expression);
    }
}
