using Assay.Data;

namespace Assay.Read;

/// <summary>How Parquet is read.</summary>
public sealed record ParquetOptions
{
    /// <summary>About how many bytes of text a worker takes at a time. 1 MiB: more than 2,048 common rows have, which is
    /// what DuckDB gives at once; it bounds a worker's memory when rows are large.</summary>
    public int BlockSize { get; init; } = 1 << 20;

    /// <summary>The most bytes that a field which is asked for may have, as text. 1 MiB: far above any business value.</summary>
    public int FieldLimit { get; init; } = 1 << 20;

    /// <summary>The most bytes a record's raw text may have. 4 MiB: room for a few long fields; it bounds a worker's memory.</summary>
    public int RecordLimit { get; init; } = 4 << 20;

    /// <summary>The records that a batch of <see cref="ParquetSource.NewBatch"/> holds. As many as a batch of rows, so that one becomes one.</summary>
    public int BatchSize { get; init; } = RowBatch.DefaultCapacity;

    /// <summary>Columns asked for that a file may lack: they have no value there, and <see cref="IRecordSource.Lacking"/> names them. None by
    /// default, because a name that is nowhere is more often mistyped than absent.</summary>
    public IReadOnlyCollection<string> OptionalColumns { get; init; } = [];

    /// <summary>The threads that decode the files; 0, the default, is one for each core: decoding is most of the work.</summary>
    public int Threads { get; init; }

    /// <summary>How much of a record's raw text is kept when the record, or a field of it, is too long.</summary>
    internal int Kept => Math.Min(1024, RecordLimit);

    /// <summary>Checks that the options make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockSize, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(FieldLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FieldLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RecordLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 0);
    }
}
