using System.Text;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Dedup;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Writes records to the quarantine that turned out to be wrong when the whole file was read: they disagree with others of their key, or are lines of such.</summary>
internal sealed class LateRejects(SourceDefinition source, IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
{
    private readonly Dictionary<long, KeyConflict?> _rejects = [];

    /// <summary>Adds the records of a conflict.</summary>
    public void Add(KeyConflict conflict)
    {
        foreach (long sequence in conflict.Sequences)
        {
            _rejects[sequence] = conflict;
        }
    }

    /// <summary>Adds a record whose parent was set aside.</summary>
    public void AddLine(long sequence) => _rejects[sequence] = null;

    /// <summary>Writes the records, in the order of the input.</summary>
    /// <param name="ofLine">What was expected of a line, in words.</param>
    /// <returns>The records.</returns>
    /// <exception cref="StoreException">A raw file cannot be read.</exception>
    public QuarantineBuffer Write(string ofLine)
    {
        var buffer = new QuarantineBuffer();
        byte[] expectedOfLine = Encoding.UTF8.GetBytes(ofLine);
        foreach (IGrouping<int, long> ofFile in _rejects.Keys.GroupBy(Sequences.File).OrderBy(ofFile => ofFile.Key))
        {
            Write(files[ofFile.Key], ofFile.ToDictionary(Sequences.Row, sequence => _rejects[sequence]), expectedOfLine, buffer);
        }

        return buffer;
    }

    private void Write(SourceFile file, Dictionary<long, KeyConflict?> rejects, byte[] ofLine, QuarantineBuffer buffer)
    {
        byte[] name = Encoding.UTF8.GetBytes(file.Name);
        IReadOnlyList<RecordPlace> places = file.IsPage(source)
            ? Places(file, rejects.Keys)
            : RecordsReader.Find(file.Path, rejects.Keys, cancellationToken);
        RawRecords.Read(
            file.Path,
            places,
            (place, record) =>
            {
                KeyConflict? conflict = rejects[place.Row];
                buffer.Add(
                    name,
                    place.Row,
                    place.Offset,
                    conflict is null ? default : Encoding.UTF8.GetBytes(conflict.Column),
                    conflict is null ? FaultCode.ParentRejected : FaultCode.Conflicting,
                    conflict is null ? default : Encoding.UTF8.GetBytes($"{conflict.First ?? "none"} <> {conflict.Other ?? "none"}"),
                    conflict is null ? ofLine : Encoding.UTF8.GetBytes(conflict.Expectation),
                    default,
                    record);
            },
            cancellationToken);
    }

    /// <summary>Where records stand in a page, which has no copy that tells: it is read again.</summary>
    private List<RecordPlace> Places(SourceFile file, IReadOnlyCollection<long> rows)
    {
        using IRecordSource page = SourceReader.Open(source, file.Format, [file.Path], [file.Name], [], blockSize: null);
        IRecordCursor cursor = page.OpenCursor();
        FieldBatch batch = page.NewBatch();
        var places = new List<RecordPlace>(rows.Count);
        while (cursor.ReadBlock(cancellationToken))
        {
            while (cursor.ReadBatch(batch))
            {
                places.AddRange(Enumerable.Range(0, batch.Count).Where(i => rows.Contains(batch.FirstRow + i))
                    .Select(i => new RecordPlace(batch.FirstRow + i, batch.Offset + batch.RecordStarts[i], batch.RecordLengths[i])));
            }
        }

        return places;
    }
}
