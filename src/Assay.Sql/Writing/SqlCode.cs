namespace Assay.Sql;

/// <summary>A piece of SQL.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Precedence">How tightly it holds together.</param>
internal readonly record struct SqlCode(string Text, SqlPrecedence Precedence = SqlPrecedence.Primary)
{
    /// <summary>The text, in parentheses unless it holds together at least so tightly.</summary>
    public string At(SqlPrecedence least) => Precedence >= least ? Text : $"({Text})";

    /// <summary>The text as an operand of a comparison.</summary>
    public string Compared => At(SqlPrecedence.Concat);
}
