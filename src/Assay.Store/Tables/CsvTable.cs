using System.Buffers;
using System.Text;
using Assay.Data;

namespace Assay.Store;

/// <summary>Writes a table as CSV.</summary>
/// <remarks>
/// RFC 4180, in UTF-8 without a byte order mark, lines ending in LF, a header always. A field is quoted only
/// when it has to be. Null is an empty field and an empty text is <c>""</c>, so that they differ; but the null of
/// a table of one column is <c>""</c> too, as readers skip empty lines. Values are written exactly as they are: a text
/// that begins with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c> is a formula to a spreadsheet, so import such columns
/// as text when the data is not trusted.
/// </remarks>
public static class CsvTable
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="output">Takes the bytes; it stays open.</param>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static void Write(ResultTable table, Stream output) => Write(table.Schema, table.Rows, output);

    /// <summary>Writes rows as they come.</summary>
    /// <param name="schema">Their columns.</param>
    /// <param name="rows">The rows; each has one cell a column, as <see cref="ResultTable"/> holds it.</param>
    /// <param name="output">Takes the bytes; it stays open.</param>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static void Write(Schema schema, IEnumerable<IReadOnlyList<object?>> rows, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        IReadOnlyList<Column> columns = schema.Columns;
        for (int i = 0; i < columns.Count; i++)
        {
            WriteSeparator(writer, i);
            WriteField(writer, columns[i].Name);
        }

        writer.Write('\n');
        foreach (IReadOnlyList<object?> row in rows)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                WriteSeparator(writer, i);
                if (row[i] is { } cell)
                {
                    WriteField(writer, CellText.Of(cell, columns[i].Type));
                }
                else if (columns.Count == 1)
                {
                    WriteField(writer, "");
                }
            }

            writer.Write('\n');
        }
    }

    private static void WriteSeparator(StreamWriter writer, int column)
    {
        if (column > 0)
        {
            writer.Write(',');
        }
    }

    private static void WriteField(StreamWriter writer, string text)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAny(NeedQuotes) < 0)
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
