using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>Reads whole documents to lists, so that tests can compare them.</summary>
internal static class XmlReading
{
    /// <summary>Options for records called <c>order</c>.</summary>
    public static XmlOptions Options { get; } = new() { Record = "order" };

    /// <summary>A source over a document.</summary>
    public static XmlSource Open(byte[] document, XmlOptions? options = null, params string[] columns) =>
        XmlSource.Open(new MemoryStream(document), "test.xml", columns, options ?? Options, "test");

    /// <summary>All records of a document, as <see cref="CsvRecord"/>'s text, and its fault as <c>line:column@offset reason</c>.</summary>
    public static string[] Read(string document, params string[] columns) => Read(Encoding.UTF8.GetBytes(document), Options, columns);

    /// <summary>The same for bytes and options.</summary>
    public static string[] Read(byte[] document, XmlOptions options, params string[] columns)
    {
        using XmlSource source = Open(document, options, columns);
        return Show(source, 1, 7);
    }

    /// <summary>The fields alone: of each record <c>&lt;a&gt; &lt;b&gt;</c>, a missing one as <c>-</c>, a fault in front.</summary>
    public static string[] Fields(string document, params string[] columns)
    {
        using XmlSource source = Open(Encoding.UTF8.GetBytes(document), Options, columns);
        string[] fields = [.. All(source, 1, 7).Select(Fields)];
        return [.. fields, .. source.Incomplete.Select(Fault)];
    }

    /// <summary>All records of a source and its faults.</summary>
    public static string[] Show(XmlSource source, int cursors, int capacity, bool threads = false)
    {
        List<CsvRecord> records = All(source, cursors, capacity, threads);
        return [.. records.Select(record => $"{record.File}:{record}"), .. source.Incomplete.Select(Fault)];
    }

    public static string Fault(IncompleteFile file) => $"{file.File}:{file.Line}:{file.Column}@{file.Offset} {file.Reason}";

    /// <summary>All records of a source in reading order; texts are read as UTF-8.</summary>
    public static List<CsvRecord> All(XmlSource source, int cursors, int capacity, bool threads = false)
    {
        var found = new List<(long Block, CsvRecord Record)>[cursors];
        XmlCursor[] opened = [.. Enumerable.Range(0, cursors).Select(_ => source.OpenCursor())];
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

        List<(long Block, CsvRecord Record)> all = [.. found.SelectMany(part => part).OrderBy(part => part.Block)];
        long[] blocks = [.. all.Select(part => part.Block).Distinct()];
        Assert.Equal(Enumerable.Range(0, blocks.Length).Select(block => (long)block), blocks);
        return [.. all.Select(part => part.Record)];
    }

    private static string Fields(CsvRecord record) =>
        (record.Fault == FaultCode.None ? "" : record.Fault.Name() + " ")
        + string.Join(" ", record.Fields.Select(field => field is null ? "-" : $"<{CsvRecord.Show(field)}>"));

    private static bool Next(XmlSource source, XmlCursor cursor, int capacity, List<(long Block, CsvRecord Record)> found)
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
        Assert.NotEqual(0, rows);
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

    private static CsvRecord Record(FieldBatch batch, int row)
    {
        string?[] fields = new string?[batch.Starts.Length];
        for (int column = 0; column < fields.Length; column++)
        {
            Assert.True(batch.Starts[column][row] >= 0);
            fields[column] = batch.Lengths[column][row] < 0 ? null : Encoding.UTF8.GetString(batch.Field(column, row));
        }

        return new CsvRecord(
            batch.File,
            batch.FirstRow + row,
            batch.Offset + batch.RecordStarts[row],
            Encoding.UTF8.GetString(batch.Record(row)),
            batch.HasFaults ? batch.Faults[row] : FaultCode.None,
            fields);
    }
}
