using System.Globalization;
using System.Text;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Reads the raw texts of single records of files in bronze: from their Parquet copy, else from the bytes.</summary>
internal sealed class RecordTexts(SourceDefinition source, IReadOnlyList<string> fields)
{
    /// <summary>The fields that are read, in this order.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>Reads records.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is read.</param>
    /// <param name="rows">The records' numbers, in any order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>By number, a text for each field, null where the record has none, or the file lacks the column.</returns>
    /// <exception cref="ReadException">The file cannot be read.</exception>
    /// <exception cref="RunException">It has no such record.</exception>
    /// <exception cref="StoreException">The copy cannot be read.</exception>
    public IReadOnlyDictionary<long, string?[]> Read(string path, string format, IReadOnlyCollection<long> rows, CancellationToken cancellationToken) =>
        RecordsReader.Texts(path, fields, rows, cancellationToken) ?? Scan(path, format, [.. rows], cancellationToken);

    /// <summary>The texts of a record in a batch.</summary>
    public static string?[] Of(FieldBatch batch, int row) =>
        [.. Enumerable.Range(0, batch.Lengths.Length).Select(field => batch.Lengths[field][row] < 0 ? null : Encoding.UTF8.GetString(batch.Field(field, row)))];

    private Dictionary<long, string?[]> Scan(string path, string format, HashSet<long> rows, CancellationToken cancellationToken)
    {
        using IRecordSource file = SourceReader.Open(source, format, [path], [path], fields, blockSize: null, optional: fields);
        IRecordCursor cursor = file.OpenCursor();
        FieldBatch batch = file.NewBatch();
        var texts = new Dictionary<long, string?[]>(rows.Count);
        while (texts.Count < rows.Count && cursor.ReadBlock(cancellationToken))
        {
            while (cursor.ReadBatch(batch))
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    if (rows.Contains(batch.FirstRow + i))
                    {
                        texts[batch.FirstRow + i] = Of(batch, i);
                    }
                }
            }
        }

        return texts.Count == rows.Count
            ? texts
            : throw new RunException(string.Create(
                CultureInfo.InvariantCulture, $"{path} has no record {rows.Except(texts.Keys).Min()}; it is not the file that was loaded"));
    }
}
