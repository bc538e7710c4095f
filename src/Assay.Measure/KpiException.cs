using Assay.Data;

namespace Assay.Measure;

/// <summary>A KPI's definition cannot be computed as it stands.</summary>
public sealed class KpiException : Exception
{
    /// <summary>Makes one for an expression.</summary>
    /// <param name="expression">The expression that is wrong, as the definition holds it.</param>
    /// <param name="cause">What is wrong, and where in its text.</param>
    public KpiException(Expression expression, ExpressionException cause)
        : base(cause.Message, cause)
    {
        Expression = expression;
        Position = cause.Position;
        Hint = cause.Hint;
    }

    /// <summary>Makes one for the KPI as a whole.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to do, or null.</param>
    public KpiException(string message, string? hint = null)
        : base(message) => Hint = hint;

    /// <summary>The expression that is wrong, as the definition holds it; null when it is the KPI as a whole.</summary>
    public Expression? Expression { get; }

    /// <summary>Where in the expression's text, in characters from 0.</summary>
    public int Position { get; }

    /// <summary>What to do, or null.</summary>
    public string? Hint { get; }
}
