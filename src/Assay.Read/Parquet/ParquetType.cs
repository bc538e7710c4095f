using System.Globalization;
using Assay.DuckDb;

namespace Assay.Read;

/// <summary>DuckDB's types, as it writes them, such as <c>STRUCT(city VARCHAR, "zip code" INTEGER)[]</c>.</summary>
internal static class ParquetType
{
    private const string Struct = "STRUCT(";

    /// <summary>How a value is written as text.</summary>
    /// <param name="cell">SQL that gives the value.</param>
    /// <param name="type">Its type.</param>
    /// <returns>SQL that gives the text, and whether the text is JSON as it stands (or, for numbers, may be).</returns>
    public static ParquetCell Text(string cell, string type)
    {
        string text = $"CAST({cell} AS VARCHAR)";
        return type switch
        {
            _ when IsNested(type) => new ParquetCell($"CAST(to_json({cell}) AS VARCHAR)", IsBare: true),
            "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT"
                or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT" => new ParquetCell(text, IsBare: true),
            _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) => new ParquetCell(text, IsBare: true),

            // Whole numbers are often kept as floating point because some are missing: they are written as whole ones.
            "FLOAT" or "DOUBLE" => new ParquetCell(
                $"CASE WHEN {cell} = trunc({cell}) AND abs({cell}) < 1e18 THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) ELSE {text} END",
                IsBare: true),
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => new ParquetCell($"replace({text}, ' ', 'T')", IsBare: false),
            "TIMESTAMP WITH TIME ZONE" => new ParquetCell(
                $"replace(CAST({cell} AT TIME ZONE 'UTC' AS VARCHAR), ' ', 'T') || 'Z'", IsBare: false),
            _ => new ParquetCell(text, IsBare: false),
        };
    }

    /// <summary>Goes down one level.</summary>
    /// <param name="cell">SQL that gives a value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">A field of a struct, or an element of a list by its number from 0.</param>
    /// <returns>SQL that gives the field or element, and its type; null when there is no such thing.</returns>
    public static (string Cell, string Type)? Child(string cell, string type, string name)
    {
        if (type.EndsWith(']'))
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < int.MaxValue
                ? (string.Create(CultureInfo.InvariantCulture, $"list_extract({cell}, {index + 1})"), type[..type.LastIndexOf('[')])
                : null;
        }

        foreach ((string field, string fieldType) in Fields(type))
        {
            if (field == name)
            {
                return ($"struct_extract({cell}, {DuckDbSql.Literal(name)})", fieldType);
            }
        }

        return null;
    }

    /// <summary>The fields of a struct.</summary>
    private static IEnumerable<(string Name, string Type)> Fields(string type)
    {
        if (!type.StartsWith(Struct, StringComparison.Ordinal))
        {
            yield break;
        }

        for (int at = Struct.Length; at < type.Length - 1; at += 2)
        {
            int end = End(type, at, ' ');
            string name = type[at] == '"' ? type[(at + 1)..(end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal) : type[at..end];
            at = End(type, end + 1, ',');
            yield return (name, type[(end + 1)..at]);
        }
    }

    /// <summary>Where a part of a type ends: at a character outside of quotes and brackets, or with the struct.</summary>
    private static int End(string type, int at, char end)
    {
        int depth = 0;
        bool isQuoted = false;
        bool isText = false;
        for (; at < type.Length - 1; at++)
        {
            char c = type[at];
            isQuoted ^= c == '"' && !isText;
            isText ^= c == '\'' && !isQuoted;
            if (isQuoted || isText)
            {
                continue;
            }

            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && c == end)
            {
                return at;
            }
        }

        return at;
    }

    private static bool IsNested(string type) =>
        type.EndsWith(']') || type.StartsWith(Struct, StringComparison.Ordinal)
        || type.StartsWith("MAP(", StringComparison.Ordinal) || type.StartsWith("UNION(", StringComparison.Ordinal);
}
