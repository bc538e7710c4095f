using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Writes a table's files, one after the other: the same rows give the same bytes, whether they come from memory or from a query.</summary>
internal sealed class SilverFileWriter(SilverTable table) : IDisposable
{
    private readonly ParquetEncoder _encoder = new();
    private readonly ParquetColumn[] _columns = [.. table.Schema.Columns.Select(column => new ParquetColumn(column.Name, column.Type))];
    private SilverCells[] _cells = [];
    private int _room;

    /// <summary>Writes rows that are in memory.</summary>
    public void Write(string path, StagedTable staged, ReadOnlySpan<int> rows)
    {
        Reserve(rows.Length);
        using var file = new ParquetFileWriter(path, _columns, _encoder);
        while (!rows.IsEmpty)
        {
            ReadOnlySpan<int> some = rows[..Math.Min(rows.Length, ParquetFileWriter.GroupRows)];
            for (int column = 0; column < _columns.Length; column++)
            {
                staged.Copy(column, some, _cells[column]);
            }

            WriteGroup(file, some.Length);
            rows = rows[some.Length..];
        }

        file.Complete();
    }

    /// <summary>Writes the rows of a query, whose columns are the table's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reader">The rows.</param>
    /// <param name="due">How many there should be.</param>
    /// <returns>How many there were; no more than were due are written.</returns>
    public long Write(string path, DuckDbReader reader, long due)
    {
        Reserve(due);
        using var file = new ParquetFileWriter(path, _columns, _encoder);
        long rows = 0;
        int filled = 0;
        Clear();
        while (reader.Read())
        {
            if (rows + reader.Count > due)
            {
                return rows + reader.Count;
            }

            for (int from = 0; from < reader.Count;)
            {
                int count = Math.Min(reader.Count - from, ParquetFileWriter.GroupRows - filled);
                for (int column = 0; column < _columns.Length; column++)
                {
                    Copy(reader[column], from, count, _cells[column], filled, _columns[column]);
                }

                from += count;
                filled += count;
                rows += count;
                if (filled == ParquetFileWriter.GroupRows)
                {
                    WriteGroup(file, filled);
                    filled = 0;
                    Clear();
                }
            }
        }

        if (filled > 0)
        {
            WriteGroup(file, filled);
        }

        file.Complete();
        return rows;
    }

    public void Dispose() => _encoder.Dispose();

    private void Reserve(long rows)
    {
        int room = (int)Math.Min(rows, ParquetFileWriter.GroupRows);
        if (room > _room)
        {
            _cells = [.. table.Schema.Columns.Select(column => new SilverCells(column, room))];
            _room = room;
        }
    }

    private void Clear()
    {
        foreach (SilverCells cells in _cells)
        {
            cells.Clear();
        }
    }

    private static void Copy(DuckDbVector source, int from, int count, SilverCells into, int at, ParquetColumn column)
    {
        for (int i = 0; i < count; i++)
        {
            if (column.Physical == ParquetType.Bytes)
            {
                if (source.IsNull(from + i))
                {
                    into.Cells.Lengths[at + i] = -1;
                }
                else
                {
                    into.Add(at + i, source.Text(from + i));
                }
            }
            else if (source.IsNull(from + i))
            {
                into.SetNull(at + i);
            }
            else if (column.Physical == ParquetType.FixedBytes)
            {
                into.Cells.Wide[at + i] = source.Number(from + i);
            }
            else
            {
                into.Cells.Numbers[at + i] = (long)source.Number(from + i);
            }
        }
    }

    private void WriteGroup(ParquetFileWriter file, int rows) => file.Write([.. _cells.Select(cells => cells.Cells)], 0..rows);
}
