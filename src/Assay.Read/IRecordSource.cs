using Assay.Data;

namespace Assay.Read;

/// <summary>
/// Raw records of one or more files or of a stream, read once from start to end by any number of cursors, whatever
/// the format. Memory does not grow with the input.
/// </summary>
public interface IRecordSource : IDisposable
{
    /// <summary>The source's name in the pipeline.</summary>
    string Name { get; }

    /// <summary>The files, in reading order; a batch's <see cref="FieldBatch.File"/> is a place in it.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>The columns that batches have, in order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The columns that the files have besides, each once, as far as they are known by now.</summary>
    IReadOnlyList<string> ExtraColumns { get; }

    /// <summary>Of <see cref="ExtraColumns"/>, those that nobody said are known, with what is known of their places; complete
    /// once the last block was read.</summary>
    IReadOnlyList<ExtraField> ExtraFields => [.. ExtraColumns.Select(name => new ExtraField(name))];

    /// <summary>Of <see cref="Columns"/>, those that some record had, if only as null, once the last block was read; null when
    /// there was no record to have one. Files that declare their columns have them all.</summary>
    IReadOnlyList<string>? MetColumns => Columns;

    /// <summary>The bytes of all files as they are on disk; null when that is not known, as for a stream.</summary>
    long? TotalBytes { get; }

    /// <summary>The bytes read so far in this pass, as they are on disk. Readable from any thread.</summary>
    long BytesRead { get; }

    /// <summary>Whether <see cref="Rewind"/> can start again: not when there is a stream or a pipe among the files.</summary>
    bool CanRewind { get; }

    /// <summary>The files that broke off before their end, known once the last block was read; what came before the fault was given.</summary>
    IReadOnlyList<IncompleteFile> Incomplete { get; }

    /// <summary>The columns asked for that a file which declares its columns may lack, and one does, each once.</summary>
    IReadOnlyList<string> Lacking => [];

    /// <summary>Makes a cursor: one for each thread that is to read.</summary>
    /// <returns>The cursor, before its first block.</returns>
    IRecordCursor OpenCursor();

    /// <summary>Makes a batch for a cursor to fill.</summary>
    /// <returns>An empty batch.</returns>
    FieldBatch NewBatch();

    /// <summary>Goes back to the first record. No cursor may be reading; cursors stay good for the new pass.</summary>
    /// <exception cref="InvalidOperationException">The source cannot be read twice: see <see cref="CanRewind"/>.</exception>
    void Rewind();
}
