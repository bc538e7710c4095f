using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Which names a pipeline may give to its things.</summary>
internal static class Names
{
    private const int Longest = 64;

    /// <summary>Whether a name may become a file's or folder's: small letters, digits, <c>_</c> and <c>-</c>, so that no name leads out of its folder.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when it may.</returns>
    public static bool IsFile(string name) =>
        name.Length is > 0 and <= Longest && name[0] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');

    /// <summary>Whether a name may be a variable's.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for letters, digits and <c>_</c> with no digit in front.</returns>
    public static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Whether a name may be a column's: one that expressions can say without quotes.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when it may.</returns>
    public static bool IsColumn(string name)
    {
        if (name.Length is 0 or > Longest || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            return false;
        }

        try
        {
            return ExpressionParser.Parse(name) is ColumnExpression;
        }
        catch (ExpressionException)
        {
            // A word of the language, such as `case`.
            return false;
        }
    }
}
