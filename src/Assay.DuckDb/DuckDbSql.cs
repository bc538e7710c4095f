using Assay.Data;

namespace Assay.DuckDb;

/// <summary>Names, texts and types as DuckDB's SQL writes them.</summary>
public static class DuckDbSql
{
    /// <summary>A name (of a table, a column) in double quotes, so that any text can be one.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The quoted name.</returns>
    public static string Identifier(string name) => $"\"{Checked(name).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in single quotes. DuckDB knows no escapes in them but the doubled quote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The literal.</returns>
    public static string Literal(string text) => $"'{Checked(text).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>For example <c>['a', 'b']</c>.</returns>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";

    /// <summary>DuckDB's name of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>For example <c>DECIMAL(12,2)</c>.</returns>
    public static string TypeName(ColumnType type) => type.Kind switch
    {
        ColumnKind.String => "VARCHAR",
        ColumnKind.Integer => "BIGINT",
        ColumnKind.Decimal => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"DECIMAL({type.Precision},{type.Scale})"),
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Date => "DATE",
        _ => "TIMESTAMP",
    };

    /// <summary>The columns of a table as <c>CREATE TABLE</c> lists them.</summary>
    /// <param name="schema">The columns.</param>
    /// <returns>For example <c>"id" BIGINT, "name" VARCHAR</c>.</returns>
    public static string ColumnList(Schema schema) =>
        string.Join(", ", schema.Columns.Select(c => $"{Identifier(c.Name)} {TypeName(c.Type)}"));

    /// <summary>A statement ends at the first zero byte, so none may be in it.</summary>
    private static string Checked(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("A name or text in SQL cannot hold a zero character.", nameof(text))
        : text;
}
