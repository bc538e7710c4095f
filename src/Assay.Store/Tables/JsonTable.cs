using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Data;

namespace Assay.Store;

/// <summary>
/// Writes a table as JSON: an array with an object a row, its members in the order of the columns. A table with totals is
/// an object: the array under the table's name, then the totals.
/// </summary>
/// <remarks>
/// Integers and decimals are numbers with all their digits, never rounded to floating point; dates and
/// timestamps are texts as in the CSV. UTF-8, indented by two spaces, lines ending in LF. Text is escaped as
/// JSON needs it, not as HTML would: a page must escape what it shows.
/// </remarks>
public static class JsonTable
{
    /// <summary>How every JSON file of a run is laid out.</summary>
    public static JsonWriterOptions Layout { get; } = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a table as a whole file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="output">Takes the bytes; it stays open.</param>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static void Write(ResultTable table, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, Layout))
        {
            if (table.Totals.Count == 0)
            {
                WriteRows(table, writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WritePropertyName(table.Name);
                WriteRows(table, writer);
                WriteTotals(table.Totals, writer);
                writer.WriteEndObject();
            }
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a table's rows as one value of a larger document.</summary>
    /// <param name="table">The table.</param>
    /// <param name="writer">Where a value may stand.</param>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static void WriteRows(ResultTable table, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (object?[] row in table.Rows)
        {
            WriteRow(row, table.Schema.Columns, writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a row as an object.</summary>
    /// <param name="row">Its cells.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="writer">Where a value may stand.</param>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static void WriteRow(IReadOnlyList<object?> row, IReadOnlyList<Column> columns, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        for (int i = 0; i < columns.Count; i++)
        {
            writer.WritePropertyName(columns[i].Name);
            WriteCell(row[i], columns[i].Type, writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes totals as members of an object.</summary>
    /// <param name="totals">The totals.</param>
    /// <param name="writer">Where a member may stand.</param>
    /// <exception cref="ArgumentException">A value is not what its type calls for.</exception>
    public static void WriteTotals(IReadOnlyList<ResultTotal> totals, Utf8JsonWriter writer)
    {
        foreach (ResultTotal total in totals)
        {
            writer.WritePropertyName(total.Name);
            WriteTotal(total, writer);
        }
    }

    /// <summary>Writes a total without its name.</summary>
    /// <param name="total">The total.</param>
    /// <param name="writer">Where a value may stand.</param>
    /// <exception cref="ArgumentException">A value is not what its type calls for.</exception>
    public static void WriteTotal(ResultTotal total, Utf8JsonWriter writer)
    {
        if (total.Members is null)
        {
            WriteCell(total.Value, total.Type, writer);
            return;
        }

        writer.WriteStartObject();
        WriteTotals(total.Members, writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes a cell.</summary>
    /// <param name="cell">The cell as <see cref="ResultTable"/> holds it.</param>
    /// <param name="type">The type of its column.</param>
    /// <param name="writer">Where a value may stand.</param>
    /// <exception cref="ArgumentException">The cell is not what its type calls for.</exception>
    public static void WriteCell(object? cell, ColumnType type, Utf8JsonWriter writer)
    {
        if (cell is null)
        {
            writer.WriteNullValue();
            return;
        }

        string text = CellText.Of(cell, type);
        if (type.IsNumeric || type.Kind == ColumnKind.Boolean)
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
