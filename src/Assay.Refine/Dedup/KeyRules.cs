using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>What a column must be like that tells which of several rows of one key is newest.</summary>
public static class KeyRules
{
    /// <summary>Finds what is wrong with such a column.</summary>
    /// <param name="column">The column, read or derived.</param>
    /// <returns>What is wrong and what to do, or null.</returns>
    public static (string Message, string Hint)? CheckNewest(Column column) =>
        HasOrder(column.Type) ? null : ($"`{column.Name}` cannot tell the newest row: it is {column.Type}", "name a date, a timestamp or a number");

    internal static bool HasOrder(ColumnType type) => type.Kind is not (ColumnKind.String or ColumnKind.Boolean);
}
