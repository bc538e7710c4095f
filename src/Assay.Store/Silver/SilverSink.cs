using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Takes one worker's rows for a load. Not safe for several threads.</summary>
public sealed class SilverSink : IDisposable
{
    private readonly SilverTable _table;
    private readonly string _folder;
    private readonly DuckDbConnection _connection;
    private readonly DuckDbAppender _appender;
    private readonly int _partitionColumn;
    private readonly int[] _key;
    private readonly long[] _sequences = new long[DuckDbAppender.MostRows];
    private readonly long[] _partitions = new long[DuckDbAppender.MostRows];
    private bool _done;

    internal SilverSink(SilverTable table, string folder, DuckDbConnection connection, string stage)
    {
        _table = table;
        _folder = folder;
        _connection = connection;
        _partitionColumn = table.PartitionColumn is null ? -1 : table.Schema.IndexOf(table.PartitionColumn);
        _key = [.. table.Key.Select(table.Schema.IndexOf)];
        _appender = connection.OpenAppender(stage);
    }

    /// <summary>Whether a row with a null in its key came.</summary>
    internal bool HasNullKeys { get; private set; }

    /// <summary>Takes some rows of a batch.</summary>
    /// <param name="rows">The batch, whose columns are the table's.</param>
    /// <param name="sequences">Each row's place in the input, unique in the load; one for every row of the batch.</param>
    /// <param name="kept">Which rows are taken, ascending.</param>
    /// <exception cref="StoreException">A value does not fit its column, or memory and disk ran out.</exception>
    public void Append(RowBatch rows, ReadOnlySpan<long> sequences, ReadOnlySpan<int> kept)
    {
        try
        {
            AppendAll(rows, sequences, kept);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(_folder, $"the rows of {_table.Name} cannot be kept until they are merged: {e.Message}", e);
        }
    }

    /// <summary>Drops the rows that were not merged.</summary>
    public void Dispose()
    {
        _appender.Dispose();
        _connection.Dispose();
        _done = true;
    }

    /// <summary>Ends the appending; all rows are there then.</summary>
    internal void Complete()
    {
        if (!_done)
        {
            _appender.Flush();
            Dispose();
        }
    }

    private void AppendAll(RowBatch rows, ReadOnlySpan<long> sequences, ReadOnlySpan<int> kept)
    {
        foreach (int key in _key)
        {
            HasNullKeys |= rows.Columns[key].HasNulls;
        }

        int columns = _table.Schema.Columns.Count;
        for (int start = 0; start < kept.Length; start += DuckDbAppender.MostRows)
        {
            ReadOnlySpan<int> some = kept.Slice(start, Math.Min(DuckDbAppender.MostRows, kept.Length - start));
            _appender.Begin(some.Length);
            for (int i = 0; i < columns; i++)
            {
                _appender.Set(i, rows, i, some);
            }

            for (int i = 0; i < some.Length; i++)
            {
                _sequences[i] = sequences[some[i]];
            }

            Partition(rows, some);
            _appender.Set(columns, _sequences.AsSpan(0, some.Length));
            _appender.Set(columns + 1, _partitions.AsSpan(0, some.Length));
            _appender.End();
        }
    }

    private void Partition(RowBatch rows, ReadOnlySpan<int> some)
    {
        if (_partitionColumn < 0)
        {
            _partitions.AsSpan(0, some.Length).Clear();
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
