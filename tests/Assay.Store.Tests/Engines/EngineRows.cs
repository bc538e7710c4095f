using System.Globalization;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

/// <summary>Rows of plain cells on their way into an engine and back. A cell is null or a string, an <see cref="Int128"/>
/// (a number's units), a bool, a <see cref="DateOnly"/> or a <see cref="DateTime"/>.</summary>
internal static class EngineRows
{
    public static RowBatch Batch(Schema schema, params IReadOnlyList<object?[]> rows)
    {
        var batch = new RowBatch(schema, new TextPool(), Math.Max(rows.Count, 1)) { Count = rows.Count };
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < batch.Columns.Length; column++)
            {
                Vector vector = batch.Columns[column];
                object? cell = rows[row][column];
                vector.SetNull(row, cell is null);
                vector.Set(row, cell switch
                {
                    null => 0,
                    string text => batch.Texts.Intern(text),
                    _ => SqlCells.Of(cell, vector.Type).Units,
                });
            }
        }

        return batch;
    }

    public static Schema SchemaOf(SqlTable table) => new([.. table.Columns
        .Where(column => !table.References.Any(reference => reference.Column == column.Name))
        .Select(column => new Column(column.Name, column.Type))]);

    /// <summary>All rows of a table, in the order of its first column.</summary>
    public static List<object?[]> All(EngineSession session, SqlTable table, int batch = 3)
    {
        var query = new SelectStatement
        {
            Columns = [.. table.Columns.Select(column => new SelectColumn(column.Name, SqlTerms.Column(table, column.Name)))],
            From = new SqlSource(table.Name),
            OrderBy = [new SelectOrder(0, false)],
        };
        return Read(session, query, batch);
    }

    public static List<object?[]> Read(EngineSession session, SelectStatement query, int batchRows = RowBatch.DefaultCapacity)
    {
        var batch = new RowBatch(query.Result, new TextPool(), batchRows);
        var rows = new List<object?[]>();
        using EngineReader reader = session.Query(query, batch.Texts);
        while (reader.Read(batch))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                rows.Add([.. batch.Columns.Select(vector => Cell(batch, vector, row))]);
            }
        }

        return rows;
    }

    public static string Text(IEnumerable<object?[]> rows) => string.Join('\n', rows.Select(row => string.Join('|', row.Select(Text))));

    private static string Text(object? cell) => cell switch
    {
        null => "null",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    private static object? Cell(RowBatch batch, Vector vector, int row) => vector.IsNull(row) ? null : vector.Type.Kind switch
    {
        ColumnKind.String => batch.Texts.GetString((int)vector.Values[row]),
        ColumnKind.Boolean => vector.Values[row] == 1,
        ColumnKind.Date => SqlCells.DateOf(vector.Values[row]),
        ColumnKind.Timestamp => SqlCells.MomentOf(vector.Values[row]),
        _ => vector.Get(row),
    };
}
