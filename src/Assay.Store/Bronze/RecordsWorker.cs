using System.Text;
using System.Text.Unicode;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>One thread's way to append rows to a file's records. Not safe for several threads.</summary>
public sealed class RecordsWorker : IDisposable
{
    private readonly RecordsWriter _writer;
    private readonly ParquetEncoder _encoder = new();
    private RecordsPart? _records;
    private byte[] _chunk = [];
    private int _chunkNumber;
    private int _used;
    private long _part;
    private int _appended;

    internal RecordsWorker(RecordsWriter writer) => _writer = writer;

    /// <summary>Appends all records of a batch, faulty ones too.</summary>
    /// <param name="batch">The records; its columns are those the writer was opened with.</param>
    /// <exception cref="StoreException">They could not be kept.</exception>
    /// <remarks>Bytes of a field that are not UTF-8 become U+FFFD each run of them, as a Parquet text holds nothing else.</remarks>
    public void Append(FieldBatch batch) => Guard(() =>
    {
        for (int from = 0; from < batch.Count;)
        {
            long before = batch.FirstRow + from - 1;
            long part = before / _writer.PartRows;
            int count = (int)Math.Min(batch.Count - from, ((part + 1) * _writer.PartRows) - before);
            Append(Enter(part), batch, from, count, (int)(before - (part * _writer.PartRows)));
            _appended += count;
            from += count;
        }
    });

    /// <summary>Hands in the last rows.</summary>
    /// <exception cref="StoreException">They could not be kept.</exception>
    public void Finish() => Guard(Leave);

    /// <summary>Closes it; rows that were not handed in by <see cref="Finish"/> are dropped.</summary>
    public void Dispose() => _encoder.Dispose();

    private RecordsPart Enter(long part)
    {
        if (_records is null || _part != part)
        {
            Leave();
            _records = _writer.Part(part);
            _part = part;
            (_chunk, _used) = ([], 0);
        }

        return _records;
    }

    private void Leave()
    {
        if (_records is not null)
        {
            RecordsPart left = _records;
            int rows = _appended;
            _records = null;
            _appended = 0;
            _writer.Added(_part, left, rows, _encoder);
        }
    }

    private void Append(RecordsPart part, FieldBatch batch, int from, int count, int row)
    {
        for (int column = 0; column < part.Fields.Length; column++)
        {
            Append(part, part.Fields[column], batch, column, from, count, row);
        }

        for (int i = 0; i < count; i++)
        {
            part.Numbers.Numbers[row + i] = batch.FirstRow + from + i;
            part.Offsets.Numbers[row + i] = batch.Offset + batch.RecordStarts[from + i];
            part.RecordLengths.Numbers[row + i] = batch.RecordLengths[from + i];
        }
    }

    private void Append(RecordsPart part, ParquetCells into, FieldBatch batch, int column, int from, int count, int row)
    {
        long bytes = 0;
        ReadOnlySpan<int> lengths = batch.Lengths[column].AsSpan(from, count);
        ReadOnlySpan<int> starts = batch.Starts[column].AsSpan(from, count);
        foreach (int length in lengths)
        {
            bytes += Math.Max(length, 0);
        }

        Reserve(part, checked((int)bytes));
        int first = _used;
        for (int i = 0; i < lengths.Length; i++)
        {
            into.Places[row + i] = ParquetCells.Place(_chunkNumber, _used);
            into.Lengths[row + i] = lengths[i];
            if (lengths[i] > 0)
            {
                batch.Bytes.AsSpan(starts[i], lengths[i]).CopyTo(_chunk.AsSpan(_used));
                _used += lengths[i];
            }
        }

        if (!Ascii.IsValid(_chunk.AsSpan(first, _used - first)))
        {
            Repair(part, into, row, count);
        }
    }

    private void Repair(RecordsPart part, ParquetCells into, int row, int count)
    {
        for (int i = row; i < row + count; i++)
        {
            if (into.Lengths[i] > 0 && !Utf8.IsValid(into.Text(i)))
            {
                byte[] repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(into.Text(i)));
                Reserve(part, repaired.Length);
                repaired.CopyTo(_chunk, _used);
                into.Places[i] = ParquetCells.Place(_chunkNumber, _used);
                into.Lengths[i] = repaired.Length;
                _used += repaired.Length;
            }
        }
    }

    private void Reserve(RecordsPart part, int bytes)
    {
        if (bytes > _chunk.Length - _used)
        {
            _chunk = _writer.TakeChunk(bytes);
            _chunkNumber = part.Add(_chunk);
            _used = 0;
        }
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
