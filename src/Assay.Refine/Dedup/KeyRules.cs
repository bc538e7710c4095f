using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>What a table's key must be like.</summary>
public static class KeyRules
{
    /// <summary>Finds what is wrong with a column of a key.</summary>
    /// <param name="column">The column.</param>
    /// <returns>What is wrong and what to do, or null.</returns>
    public static (string Message, string Hint)? CheckKey(ColumnDefinition column) =>
        column.Required ? null : ($"column `{column.Name}` is part of the key, and may be missing", "declare it `required: true`: rows without a key cannot be told apart");

    /// <summary>Finds what is wrong with the column that tells which of several rows is newest.</summary>
    /// <param name="column">The column.</param>
    /// <returns>What is wrong and what to do, or null.</returns>
    public static (string Message, string Hint)? CheckNewest(ColumnDefinition column) =>
        HasOrder(column.Type) ? null : ($"column `{column.Name}` cannot tell the newest row: it is of type {column.Type}", "take a date, a timestamp or a number");

    internal static bool HasOrder(ColumnType type) => type.Kind is not (ColumnKind.String or ColumnKind.Boolean);
}
