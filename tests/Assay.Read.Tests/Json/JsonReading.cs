using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>Reads whole JSON inputs to lists, so that tests can compare them.</summary>
internal static class JsonReading
{
    public static readonly JsonOptions Lines = new() { Format = JsonFormat.Lines };

    /// <summary>A source over bytes.</summary>
    public static JsonSource Open(byte[] bytes, JsonOptions? options = null, params string[] columns) =>
        JsonSource.Open(new MemoryStream(bytes), "test.json", columns, options ?? new JsonOptions(), "test");

    /// <summary>All records of a text in UTF-8, as <see cref="CsvRecord"/>'s text, and where it breaks off.</summary>
    public static string[] Read(string text, JsonOptions? options = null, params string[] columns)
    {
        using JsonSource source = Open(Encoding.UTF8.GetBytes(text), options, columns);
        return All(source, 1, 7);
    }

    /// <summary>All records of a source in reading order, and where it breaks off.</summary>
    public static string[] All(IRecordSource source, int cursors, int capacity, bool threads = false) =>
        [.. Records(source, cursors, capacity, threads).Select(record => record.ToString()), .. source.Incomplete.Select(Show)];

    /// <summary>All records of a source in reading order.</summary>
    public static List<CsvRecord> Records(IRecordSource source, int cursors, int capacity, bool threads = false)
    {
        var found = new List<(long Block, CsvRecord Record)>[cursors];
        IRecordCursor[] opened = [.. Enumerable.Range(0, cursors).Select(_ => source.OpenCursor())];
        for (int i = 0; i < cursors; i++)
        {
            found[i] = [];
        }

        var blocks = new List<long>();
        if (threads)
        {
            var errors = new Exception?[cursors];
            Thread[] workers = [.. Enumerable.Range(0, cursors).Select(i => new Thread(() =>
                errors[i] = Record.Exception(() =>
                {
                    while (Next(source, opened[i], capacity, found[i], blocks))
                    {
                    }
                })))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            if (errors.FirstOrDefault(error => error is not null) is { } error)
            {
                throw error;
            }
        }
        else
        {
            for (int i = 0; Next(source, opened[i % cursors], capacity, found[i % cursors], blocks); i++)
            {
            }
        }

        // From 0, without holes.
        Assert.Equal(Enumerable.Range(0, blocks.Count).Select(block => (long)block), blocks.Order());
        return [.. found.SelectMany(part => part).OrderBy(part => part.Block).Select(part => part.Record)];
    }

    private static string Show(IncompleteFile file) => string.Create(
        CultureInfo.InvariantCulture, $"file {file.File} breaks off at {file.Line}:{file.Column}, byte {file.Offset}: {file.Reason}");

    private static bool Next(
        IRecordSource source, IRecordCursor cursor, int capacity, List<(long Block, CsvRecord Record)> found, List<long> blocks)
    {
        if (!cursor.ReadBlock(CancellationToken.None))
        {
            return false;
        }

        lock (blocks)
        {
            blocks.Add(cursor.Block);
        }

        var batches = new List<FieldBatch>();
        var batch = new FieldBatch(source.Columns.Count, capacity);
        while (cursor.ReadBatch(batch))
        {
            // Read only when the block is done: all its batches must stay good until then.
            batches.Add(batch);
            batch = new FieldBatch(source.Columns.Count, capacity);
        }

        foreach (FieldBatch each in batches)
        {
            Assert.Equal(cursor.Block, each.Block);
            for (int row = 0; row < each.Count; row++)
            {
                found.Add((each.Block, CsvReading.Record(each, row)));
            }
        }

        return true;
    }
}
