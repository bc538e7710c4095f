using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Takes one worker's rows of a load: in memory as long as there is room, else into the workspace's database, which can spill. Not safe for several threads.</summary>
public sealed class SilverSink : IDisposable
{
    private readonly SilverTable _table;
    private readonly SilverWorkspace _workspace;
    private readonly string _stage;
    private readonly int _partitionColumn;
    private readonly int[] _key;
    private readonly long[] _sequences = new long[DuckDbAppender.MostRows];
    private readonly long[] _numbers = new long[DuckDbAppender.MostRows];
    private int[] _partitions = [];
    private StagedRows _rows;
    private long _counted;
    private DuckDbConnection? _connection;
    private DuckDbAppender? _appender;
    private bool _done;

    internal SilverSink(SilverTable table, SilverWorkspace workspace, string stage)
    {
        _table = table;
        _workspace = workspace;
        _stage = stage;
        _partitionColumn = table.PartitionColumn is null ? -1 : table.Schema.IndexOf(table.PartitionColumn);
        _key = [.. table.Key.Select(table.Schema.IndexOf)];
        _rows = new StagedRows(table.Schema);
    }

    /// <summary>Whether a row with a null in its key came.</summary>
    internal bool HasNullKeys { get; private set; }

    /// <summary>The rows, as long as they are in memory; null when they are in the workspace's database.</summary>
    internal StagedRows? InMemory => _appender is null ? _rows : null;

    /// <summary>Takes some rows of a batch.</summary>
    /// <param name="rows">The batch, whose columns are the table's.</param>
    /// <param name="sequences">Each row's place in the input, unique in the load; one for every row of the batch.</param>
    /// <param name="kept">Which rows are taken, ascending.</param>
    /// <exception cref="ObjectDisposedException">The load was merged already.</exception>
    /// <exception cref="StoreException">A value does not fit its column, or memory and disk ran out.</exception>
    public void Append(RowBatch rows, ReadOnlySpan<long> sequences, ReadOnlySpan<int> kept)
    {
        ObjectDisposedException.ThrowIf(_done, this);
        try
        {
            foreach (int key in _key)
            {
                HasNullKeys |= rows.Columns[key].HasNulls;
            }

            Partition(rows, kept);
            _rows.Append(rows, sequences, _partitions.AsSpan(0, kept.Length), kept);
            _workspace.Hold(_rows.Bytes - _counted);
            _counted = _rows.Bytes;
            if (_appender is null ? _workspace.IsFull : _counted > _workspace.SpillBytes && _rows.Segments.Count > 1)
            {
                long moved = _counted;
                Spill();
                _workspace.LetGo(moved);
            }
        }
        catch (Exception e) when (e is DuckDbException or InvalidDataException)
        {
            throw new StoreException(
                _workspace.Home.Silver(_table.Name), $"the rows of {_table.Name} cannot be kept until they are merged: {e.Message}", e);
        }
    }

    /// <summary>Drops the rows that were not merged.</summary>
    public void Dispose()
    {
        Release();
        _appender?.Dispose();
        _connection?.Dispose();
        _done = true;
    }

    /// <summary>Ends the appending; all rows are in the workspace's database then.</summary>
    internal void Complete()
    {
        if (!_done)
        {
            Spill();
            _appender!.Flush();
            Dispose();
        }
    }

    private void Release()
    {
        _workspace.Hold(-_counted);
        _counted = 0;
        _rows = new StagedRows(_table.Schema);
    }

    /// <summary>Moves the rows from memory to the workspace's database.</summary>
    private void Spill()
    {
        if (_appender is null)
        {
            _connection = _workspace.Database.Connect();
            IEnumerable<string> columns = _table.Schema.Columns.Select((c, i) => $"{StoredFiles.Name(i)} {DuckDbSql.TypeName(c.Type)}");
            _connection.Execute($"CREATE TABLE {_stage} ({string.Join(", ", columns.Append("s BIGINT").Append("p INTEGER"))})");
            _appender = _connection.OpenAppender(_stage);
        }

        foreach (StagedSegment segment in _rows.Segments)
        {
            for (int from = 0; from < segment.Count; from += DuckDbAppender.MostRows)
            {
                Append(_appender, segment, from, Math.Min(DuckDbAppender.MostRows, segment.Count - from));
            }
        }

        Release();
    }

    private void Append(DuckDbAppender appender, StagedSegment segment, int from, int count)
    {
        appender.Begin(count);
        int columns = _table.Schema.Columns.Count;
        for (int column = 0; column < columns; column++)
        {
            if (segment.Lengths[column].Length > 0)
            {
                AppendTexts(appender, segment, column, from, count);
            }
            else if (segment.Wide[column].Length > 0)
            {
                appender.Set(column, segment.Wide[column].AsSpan(from, count));
            }
            else
            {
                appender.Set(column, segment.Values[column].AsSpan(from, count));
            }

            for (int i = 0; segment.Nulls[column].Length > 0 && i < count; i++)
            {
                if (segment.Nulls[column][from + i])
                {
                    appender.SetNull(column, i);
                }
            }
        }

        segment.Sequences.AsSpan(from, count).CopyTo(_sequences);
        for (int i = 0; i < count; i++)
        {
            _numbers[i] = segment.Partitions[from + i];
        }

        appender.Set(columns, _sequences.AsSpan(0, count));
        appender.Set(columns + 1, _numbers.AsSpan(0, count));
        appender.End();
    }

    private void AppendTexts(DuckDbAppender appender, StagedSegment segment, int column, int from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int length = segment.Lengths[column][from + i];
            long place = segment.Values[column][from + i];
            if (length < 0)
            {
                appender.SetNull(column, i);
            }
            else
            {
                appender.SetText(column, i, new ReadOnlySpan<byte>(_rows.Chunks[(int)(place >> 32)], (int)place, length));
            }
        }
    }

    private void Partition(RowBatch rows, ReadOnlySpan<int> some)
    {
        if (_partitions.Length < some.Length)
        {
            _partitions = new int[some.Length];
        }

        if (_partitionColumn < 0)
        {
            return;
        }

        Vector cells = rows.Columns[_partitionColumn];
        for (int i = 0; i < some.Length; i++)
        {
            _partitions[i] = cells.IsNull(some[i])
                ? SilverPartition.None
                : SilverPartition.Of(cells.Type, _table.Grain, cells.Values[some[i]]);
        }
    }
}
