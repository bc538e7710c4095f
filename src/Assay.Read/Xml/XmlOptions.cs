using Assay.Data;

namespace Assay.Read;

/// <summary>How XML is read.</summary>
public sealed record XmlOptions
{
    /// <summary>The local name of the elements that are records, at any depth; a prefix before it does not matter. Of
    /// records inside records the outer one counts, and the inner ones are elements like others.</summary>
    public required string Record { get; init; }

    /// <summary>How many bytes a worker takes at a time. 128 KiB, as for <see cref="CsvOptions.BlockSize"/>.</summary>
    public int BlockSize { get; init; } = 1 << 17;

    /// <summary>The most bytes that the raw text of a needed field may have. 1 MiB: far above any business value.</summary>
    public int FieldLimit { get; init; } = 1 << 20;

    /// <summary>The most bytes a record's raw text may have, and a tag. 4 MiB: room for a few long fields; it bounds a worker's memory.</summary>
    public int RecordLimit { get; init; } = 4 << 20;

    /// <summary>The records that a batch of <see cref="XmlSource.NewBatch"/> holds. As many as a batch of rows, so that one becomes one.</summary>
    public int BatchSize { get; init; } = RowBatch.DefaultCapacity;

    /// <summary>Checks that the options make sense.</summary>
    /// <exception cref="ArgumentException">One does not.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Record);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockSize, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(FieldLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FieldLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RecordLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
