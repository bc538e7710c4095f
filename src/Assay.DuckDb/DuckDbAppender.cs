using System.Globalization;
using Assay.Data;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>
/// Fills a table, chunk by chunk: either whole batches (<see cref="Append(RowBatch)"/>), or column by column
/// between <see cref="Begin"/> and <see cref="End"/>. Not safe for several threads; several appenders are.
/// </summary>
/// <remarks>Rows reach the table now and then, the last ones by <see cref="Flush"/>; an appender that ends without
/// it drops what has not reached the table yet.</remarks>
public sealed class DuckDbAppender : IDisposable
{
    /// <summary>The most rows between <see cref="Begin"/> and <see cref="End"/>: DuckDB's vector size.</summary>
    public const int MostRows = 2048;

    private readonly VectorLayout[] _layouts;
    private readonly ChunkColumn[] _columns;
    private readonly TextArena _texts = new();
    private readonly string _table;
    private int[] _rows = [];
    private nint _appender;
    private nint _chunk;
    private int _count;

    private DuckDbAppender(nint appender, nint chunk, VectorLayout[] layouts, string table)
    {
        _appender = appender;
        _chunk = chunk;
        _layouts = layouts;
        _columns = new ChunkColumn[layouts.Length];
        _table = table;
    }

    /// <summary>The columns of the table.</summary>
    public int ColumnCount => _layouts.Length;

    /// <summary>Appends all rows of a batch, whose columns are the table's in order and kind.</summary>
    /// <param name="batch">The rows.</param>
    /// <exception cref="DuckDbException">The columns differ, or a number has more digits than its column.</exception>
    public void Append(RowBatch batch) => Append(batch, AllRows(batch.Count));

    /// <summary>Appends some rows of a batch, whose columns are the table's in order and kind.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="rows">Which of them, in the order they are appended in.</param>
    /// <exception cref="DuckDbException">The columns differ, or a number has more digits than its column.</exception>
    public void Append(RowBatch batch, ReadOnlySpan<int> rows)
    {
        if (batch.Columns.Length != ColumnCount)
        {
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"it has {ColumnCount} columns, and the batch {batch.Columns.Length}"));
        }

        for (int start = 0; start < rows.Length; start += MostRows)
        {
            ReadOnlySpan<int> some = rows.Slice(start, Math.Min(MostRows, rows.Length - start));
            Begin(some.Length);
            for (int i = 0; i < batch.Columns.Length; i++)
            {
                Set(i, batch, i, some);
            }

            End();
        }
    }

    /// <summary>Begins a chunk. Every column of it is set before <see cref="End"/>.</summary>
    /// <param name="rows">Its rows, 1 to <see cref="MostRows"/>.</param>
    public unsafe void Begin(int rows)
    {
        ObjectDisposedException.ThrowIf(_appender == 0, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostRows);
        NativeMethods.ResetChunk(_chunk);
        _texts.Clear();
        _count = rows;
        for (int i = 0; i < _columns.Length; i++)
        {
            nint vector = NativeMethods.ChunkVector(_chunk, (ulong)i);
            _columns[i] = new ChunkColumn(vector, NativeMethods.VectorData(vector), _layouts[i]);
        }
    }

    /// <summary>Sets a column to a batch's.</summary>
    /// <param name="column">The table's column, from 0.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="ordinal">The batch's column, from 0.</param>
    /// <param name="rows">The batch's rows that are the chunk's, as many as it has.</param>
    /// <exception cref="DuckDbException">The kinds differ, or a number has more digits than its column.</exception>
    /// <remarks>Bytes of a text that are not UTF-8 become U+FFFD each run of them, as DuckDB holds nothing else.</remarks>
    public void Set(int column, RowBatch batch, int ordinal, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, _count);
        Vector source = batch.Columns[ordinal];
        ref ChunkColumn target = ref _columns[column];
        if (!target.Takes(source.Type))
        {
            throw Fail($"its column {column + 1} is {_layouts[column].Name}, and column '{batch.Schema.Columns[ordinal].Name}' is {source.Type}");
        }

        target.SetNulls(source, rows);
        int failed = source.Type.Kind == ColumnKind.String
            ? target.SetTexts(source, batch, rows, _texts)
            : target.SetNumbers(source, rows);
        if (failed >= 0)
        {
            throw Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{source.Get(rows[failed])} of column '{batch.Schema.Columns[ordinal].Name}' is too large for {_layouts[column].Name}"));
        }
    }

    /// <summary>Sets a column of integers, scaled decimals, dates, timestamps or booleans, without nulls.</summary>
    /// <param name="column">The table's column, from 0.</param>
    /// <param name="cells">A cell for every row of the chunk.</param>
    /// <exception cref="DuckDbException">The column is a text, or a number is too large for it.</exception>
    public void Set(int column, ReadOnlySpan<long> cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, _count);
        int failed = _columns[column].SetNumbers(cells);
        if (failed >= 0)
        {
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"{cells[failed]} is too large for {_layouts[column].Name}"));
        }
    }

    /// <summary>Sets a column of integers or scaled decimals of 128 bits, without nulls.</summary>
    /// <param name="column">The table's column, from 0: a HUGEINT or a DECIMAL of more than 18 digits.</param>
    /// <param name="cells">A cell for every row of the chunk.</param>
    /// <exception cref="DuckDbException">The column is of another kind.</exception>
    public void Set(int column, ReadOnlySpan<Int128> cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, _count);
        if (!_columns[column].SetNumbers(cells))
        {
            throw Fail($"its column {column + 1} is {_layouts[column].Name}, which has no 128 bits");
        }
    }

    /// <summary>Sets a cell of a text column.</summary>
    /// <param name="column">The table's column, from 0.</param>
    /// <param name="row">The chunk's row, from 0.</param>
    /// <param name="utf8">The text.</param>
    /// <exception cref="DuckDbException">The column is no text.</exception>
    /// <remarks>Bytes that are not UTF-8 become U+FFFD each run of them, as DuckDB holds nothing else.</remarks>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_count, nameof(row));
        if (!_columns[column].Takes(ColumnType.String))
        {
            throw Fail($"its column {column + 1} is {_layouts[column].Name}, and no text");
        }

        _columns[column].SetText(row, utf8, _texts);
    }

    /// <summary>Sets a cell to null.</summary>
    /// <param name="column">The table's column, from 0.</param>
    /// <param name="row">The chunk's row, from 0.</param>
    public void SetNull(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_count, nameof(row));
        _columns[column].SetNull(row);
    }

    /// <summary>Ends a chunk and appends it.</summary>
    /// <exception cref="DuckDbException">It could not be appended.</exception>
    public void End()
    {
        NativeMethods.SetChunkSize(_chunk, (ulong)_count);
        _count = 0;
        Check(NativeMethods.AppendChunk(_appender, _chunk));
    }

    /// <summary>Makes the table hold every row that was appended.</summary>
    /// <exception cref="DuckDbException">A row broke a rule of the table, or memory ran out.</exception>
    public void Flush() => Check(NativeMethods.FlushAppender(_appender));

    /// <summary>Ends it, and drops the rows that were not flushed.</summary>
    public void Dispose()
    {
        if (_appender != 0)
        {
            _ = NativeMethods.ClearAppender(_appender);
            _ = NativeMethods.DestroyAppender(ref _appender);
            _appender = 0;
            NativeMethods.DestroyChunk(ref _chunk);
            _texts.Dispose();
        }
    }

    internal static unsafe DuckDbAppender Open(DuckDbConnection connection, string table)
    {
        if (NativeMethods.CreateAppender(connection.Handle, null, null, table, out nint appender) != 0)
        {
            string message = NativeMethods.Text(NativeMethods.AppenderError(appender));
            _ = NativeMethods.DestroyAppender(ref appender);
            throw new DuckDbException(message);
        }

        int count = (int)NativeMethods.AppenderColumnCount(appender);
        var layouts = new VectorLayout[count];
        nint[] types = new nint[count];
        for (int i = 0; i < count; i++)
        {
            types[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
            layouts[i] = VectorLayout.Of(types[i]);
        }

        nint chunk;
        fixed (nint* first = types)
        {
            chunk = NativeMethods.CreateChunk(first, (ulong)count);
        }

        for (int i = 0; i < count; i++)
        {
            NativeMethods.DestroyLogicalType(ref types[i]);
        }

        return new DuckDbAppender(appender, chunk, layouts, table);
    }

    private ReadOnlySpan<int> AllRows(int count)
    {
        if (_rows.Length < count)
        {
            _rows = [.. Enumerable.Range(0, count)];
        }

        return _rows.AsSpan(0, count);
    }

    private unsafe void Check(int state)
    {
        if (state != 0)
        {
            throw Fail(NativeMethods.Text(NativeMethods.AppenderError(_appender)));
        }
    }

    private DuckDbException Fail(string why) => new($"Rows cannot be appended to {_table}: {why}");
}
