using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Reads expressions and says in the file's places what is wrong with them.</summary>
internal static class ExpressionReading
{
    /// <summary>Reads an expression.</summary>
    /// <param name="log">Where to say what is wrong.</param>
    /// <param name="text">The text that it is.</param>
    /// <returns>The expression, or null when it is none.</returns>
    public static ParsedExpression? Parse(DefinitionLog log, ExpandedText text) => Parse(log, text, 0, text.Value.Length);

    /// <summary>Reads an expression in a text.</summary>
    /// <param name="log">Where to say what is wrong.</param>
    /// <param name="text">The text that it is in.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <returns>The expression, or null when it is none.</returns>
    public static ParsedExpression? Parse(DefinitionLog log, ExpandedText text, int start, int end)
    {
        try
        {
            return new ParsedExpression(ExpressionParser.Parse(text.Value[start..end]), text, start);
        }
        catch (ExpressionException exception)
        {
            log.Add(text.At(start + exception.Position), exception.Message, exception.Hint);
            return null;
        }
    }

    /// <summary>Finds what the columns of an expression are and what its type is.</summary>
    /// <param name="log">Where to say what is wrong.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What it may speak of.</param>
    /// <returns>Its type, or null when something is wrong with it or with a column it speaks of.</returns>
    public static ColumnType? Bind(DefinitionLog log, ParsedExpression expression, TableScope scope)
    {
        if (!scope.IsKnown || expression.Mentions(scope.Broken))
        {
            return null;
        }

        try
        {
            return ExpressionBinder.Bind(expression.Root, scope.Schema).Type;
        }
        catch (ExpressionException exception)
        {
            log.Add(expression.At(exception), exception.Message, exception.Hint);
            return null;
        }
    }

    /// <summary>Tests that an expression is a condition.</summary>
    /// <param name="log">Where to say what is wrong.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What it may speak of.</param>
    public static void BindCondition(DefinitionLog log, ParsedExpression expression, TableScope scope)
    {
        if (Bind(log, expression, scope) is { Kind: not ColumnKind.Boolean } type)
        {
            log.Add(expression.Text.At(expression.Offset), $"a condition is true or false, this is {type}");
        }
    }
}
