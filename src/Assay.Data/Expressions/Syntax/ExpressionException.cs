namespace Assay.Data;

/// <summary>An expression that cannot be read or makes no sense, and where.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="position">Where in the expression's text, in characters from 0.</param>
/// <param name="hint">What may have been meant, such as <c>did you mean `coalesce`?</c>, or null.</param>
public sealed class ExpressionException(string message, int position, string? hint = null) : Exception(message)
{
    /// <summary>Where in the expression's text, in characters from 0; at its length when the end came too soon.</summary>
    public int Position { get; } = position;

    /// <summary>What may have been meant, or null.</summary>
    public string? Hint { get; } = hint;
}
