using System.Text;
using Assay.Data;
using Assay.Refine;
using Assay.Refine.Dedup;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Writes records to the quarantine that turned out to disagree with others of their key when the whole file was read.</summary>
internal sealed class ConflictQuarantine(IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
{
    /// <summary>Writes the records of all conflicts, in the order of the input.</summary>
    /// <param name="conflicts">The conflicts.</param>
    /// <returns>The records.</returns>
    /// <exception cref="StoreException">A raw file cannot be read.</exception>
    public QuarantineBuffer Write(IReadOnlyList<KeyConflict> conflicts)
    {
        var buffer = new QuarantineBuffer();
        var ofFiles = from conflict in conflicts
                      from sequence in conflict.Sequences
                      group (Row: Sequences.Row(sequence), Conflict: conflict) by Sequences.File(sequence) into ofFile
                      orderby ofFile.Key
                      select ofFile;
        foreach (var ofFile in ofFiles)
        {
            Write(files[ofFile.Key], ofFile.ToDictionary(row => row.Row, row => row.Conflict), buffer);
        }

        return buffer;
    }

    private void Write(SourceFile file, Dictionary<long, KeyConflict> conflicts, QuarantineBuffer buffer)
    {
        byte[] name = Encoding.UTF8.GetBytes(file.Name);
        IReadOnlyList<RecordPlace> places = RecordsReader.Find(file.Path, conflicts.Keys, cancellationToken);
        RawRecords.Read(
            file.Path,
            places,
            (place, record) =>
            {
                KeyConflict conflict = conflicts[place.Row];
                buffer.Add(
                    name,
                    place.Row,
                    place.Offset,
                    Encoding.UTF8.GetBytes(conflict.Column),
                    FaultCode.Conflicting,
                    Encoding.UTF8.GetBytes($"{conflict.First ?? "none"} <> {conflict.Other ?? "none"}"),
                    Encoding.UTF8.GetBytes(conflict.Expectation),
                    default,
                    record);
            },
            cancellationToken);
    }
}
