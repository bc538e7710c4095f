using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>One thread's way to append rows to a file's records. Not safe for several threads.</summary>
public sealed class RecordsWorker : IDisposable
{
    private readonly RecordsWriter _writer;
    private readonly DuckDbConnection _connection;
    private readonly long[] _numbers = new long[DuckDbAppender.MostRows];
    private DuckDbAppender? _appender;
    private long _part;
    private long _appended;

    internal RecordsWorker(RecordsWriter writer, DuckDbConnection connection)
    {
        _writer = writer;
        _connection = connection;
    }

    /// <summary>Appends all records of a batch, faulty ones too.</summary>
    /// <param name="batch">The records; its columns are those the writer was opened with.</param>
    /// <exception cref="StoreException">They could not be kept.</exception>
    public void Append(FieldBatch batch) => Guard(() =>
    {
        for (int from = 0; from < batch.Count;)
        {
            long before = batch.FirstRow + from - 1;
            long part = before / _writer.PartRows;
            int count = (int)Math.Min(Math.Min(batch.Count - from, DuckDbAppender.MostRows), (part + 1) * _writer.PartRows - before);
            Enter(part);
            Append(_appender!, batch, from, count);
            _appended += count;
            from += count;
        }
    });

    /// <summary>Hands in the last rows.</summary>
    /// <exception cref="StoreException">They could not be kept.</exception>
    public void Finish() => Guard(Leave);

    /// <summary>Closes it; rows that were not handed in by <see cref="Finish"/> are dropped.</summary>
    public void Dispose()
    {
        _appender?.Dispose();
        _connection.Dispose();
    }

    private void Enter(long part)
    {
        if (_appender is not null && _part == part)
        {
            return;
        }

        Leave();
        _appender = _connection.OpenAppender(_writer.Table(part));
        _part = part;
    }

    private void Leave()
    {
        if (_appender is null)
        {
            return;
        }

        _appender.Flush();
        _appender.Dispose();
        _appender = null;
        long rows = _appended;
        _appended = 0;
        _writer.Added(_part, rows, _connection);
    }

    private void Append(DuckDbAppender appender, FieldBatch batch, int from, int count)
    {
        appender.Begin(count);
        int fields = _writer.Fields;
        for (int column = 0; column < fields; column++)
        {
            int[] lengths = batch.Lengths[column];
            for (int i = 0; i < count; i++)
            {
                if (lengths[from + i] < 0)
                {
                    appender.SetNull(column, i);
                }
                else
                {
                    appender.SetText(column, i, batch.Field(column, from + i));
                }
            }
        }

        Span<long> numbers = _numbers.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            numbers[i] = batch.FirstRow + from + i;
        }

        appender.Set(fields, numbers);
        for (int i = 0; i < count; i++)
        {
            numbers[i] = batch.Offset + batch.RecordStarts[from + i];
        }

        appender.Set(fields + 1, numbers);
        for (int i = 0; i < count; i++)
        {
            numbers[i] = batch.RecordLengths[from + i];
        }

        appender.Set(fields + 2, numbers);
        appender.End();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (StoreException.Explains(e) || e is DuckDbException)
        {
            throw RecordsWriter.Explain(_writer.Raw, e);
        }
    }
}
