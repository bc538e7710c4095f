using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>A record as tests compare it.</summary>
internal sealed record CsvRecord(int File, long Row, long Offset, string Raw, FaultCode Fault, IReadOnlyList<string?> Fields)
{
    /// <summary><c>row@offset fault [raw] &lt;field&gt; …</c>, a missing field as <c>-</c>; bytes are shown as Latin-1 so that none is lost.</summary>
    public override string ToString() =>
        $"{Row}@{Offset} {Fault} [{Show(Raw)}] {string.Join(" ", Fields.Select(field => field is null ? "-" : $"<{Show(field)}>"))}";

    public static string Show(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\0", "\\0", StringComparison.Ordinal);
}

/// <summary>Reads whole inputs to lists, so that tests can compare them.</summary>
internal static class CsvReading
{
    /// <summary>The bytes of a text, each character one byte.</summary>
    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>A source over bytes.</summary>
    public static CsvSource Open(byte[] bytes, CsvOptions? options = null, params string[] columns) =>
        CsvSource.Open(new MemoryStream(bytes), "test.csv", columns, options ?? new CsvOptions(), "test");

    /// <summary>All records of a text, as <see cref="CsvRecord"/>'s text.</summary>
    public static string[] Read(string latin1, CsvOptions? options = null, params string[] columns)
    {
        using CsvSource source = Open(Bytes(latin1), options, columns);
        return [.. All(source, 1, 7).Select(record => record.ToString())];
    }

    /// <summary>All records of a source in reading order.</summary>
    public static List<CsvRecord> All(CsvSource source, int cursors, int capacity, bool threads = false)
    {
        var found = new List<(long Block, CsvRecord Record)>[cursors];
        CsvCursor[] opened = [.. Enumerable.Range(0, cursors).Select(_ => source.OpenCursor())];
        for (int i = 0; i < cursors; i++)
        {
            found[i] = [];
        }

        if (threads)
        {
            Thread[] workers = [.. Enumerable.Range(0, cursors).Select(i => new Thread(() =>
            {
                while (Next(source, opened[i], capacity, found[i]))
                {
                }
            }))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
        }
        else
        {
            for (int i = 0; Next(source, opened[i % cursors], capacity, found[i % cursors]); i++)
            {
            }
        }

        return [.. found.SelectMany(part => part).OrderBy(part => part.Block).Select(part => part.Record)];
    }

    private static bool Next(CsvSource source, CsvCursor cursor, int capacity, List<(long Block, CsvRecord Record)> found)
    {
        if (!cursor.ReadBlock(CancellationToken.None))
        {
            return false;
        }

        int rows = 0;
        var batches = new List<FieldBatch>();
        var batch = new FieldBatch(source.Columns.Count, capacity);
        while (cursor.ReadBatch(batch))
        {
            // Read only when the block is done: all its batches must stay good until then.
            batches.Add(batch);
            rows += batch.Count;
            batch = new FieldBatch(source.Columns.Count, capacity);
        }

        Assert.Equal(cursor.RowsInBlock, rows);
        foreach (FieldBatch each in batches)
        {
            Assert.Equal(cursor.Block, each.Block);
            for (int row = 0; row < each.Count; row++)
            {
                found.Add((each.Block, Record(each, row)));
            }
        }

        return true;
    }

    public static CsvRecord Record(FieldBatch batch, int row)
    {
        string?[] fields = new string?[batch.Starts.Length];
        for (int column = 0; column < fields.Length; column++)
        {
            fields[column] = batch.Lengths[column][row] < 0 ? null : Encoding.Latin1.GetString(batch.Field(column, row));
        }

        return new CsvRecord(
            batch.File,
            batch.FirstRow + row,
            batch.Offset + batch.RecordStarts[row],
            Encoding.Latin1.GetString(batch.Record(row)),
            batch.HasFaults ? batch.Faults[row] : FaultCode.None,
            fields);
    }
}
