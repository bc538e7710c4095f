using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Read;

namespace Assay.App.Plans;

/// <summary>Counts a file's first records, to tell about how many it has.</summary>
internal static class RowSampling
{
    /// <summary>Enough for thousands of records, and read in a blink.</summary>
    public const int SampleBytes = 1 << 20;

    /// <summary>Counts.</summary>
    /// <param name="source">The source that the file is of.</param>
    /// <param name="file">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="fields">The fields that tables read of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The records, and the bytes as they lie on the disk that these take.</returns>
    /// <exception cref="ReadException">The file cannot be read, or lacks a field.</exception>
    public static (RowEstimate Records, long Bytes) Count(
        SourceDefinition source, string file, string format, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        using IRecordSource records = SourceReader.Open(source, format, [file], [file], fields, blockSize: null);
        IRecordCursor cursor = records.OpenCursor();
        FieldBatch batch = records.NewBatch();
        long rows = 0;
        long end = 0;
        while (Math.Max(records.BytesRead, end) < SampleBytes || rows == 0)
        {
            if (!cursor.ReadBlock(cancellationToken))
            {
                return (new RowEstimate(rows, true), records.BytesRead);
            }

            while (cursor.ReadBatch(batch))
            {
                rows += batch.Count;
                int last = batch.Count - 1;
                end = last < 0 ? end : batch.Offset + batch.RecordStarts[last] + batch.RecordLengths[last];
            }
        }

        // Of a plain file of UTF-8, the last record's place tells better than what the reader holds in advance; of a packed one, that is
        // a place in what it unpacks to, beyond the bytes read.
        bool tells = end > 0 && end <= records.BytesRead && records is not CsvSource { IsUtf8: false };
        return (new RowEstimate(rows, false), tells ? end : records.BytesRead);
    }
}
