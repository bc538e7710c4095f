using Assay.Data;

namespace Assay.Read;

/// <summary>How JSON is read.</summary>
public sealed record JsonOptions
{
    /// <summary>How the records follow one another. A document by default, as <c>.json</c> files are.</summary>
    public JsonFormat Format { get; init; }

    /// <summary>Where in a document the records are: the names that lead to a list of objects, or to a single one, joined
    /// by dots, such as <c>data.items</c>. Null, the default: the document itself is the list, or the one record. A name
    /// with a dot stands in double quotes, as in <c>"v1.0".items</c>; a quote inside is doubled.</summary>
    public string? Record { get; init; }

    /// <summary>Paths of fields that are known though they are not asked for: their top-level names are not unknown.</summary>
    public IReadOnlyList<string> KnownFields { get; init; } = [];

    /// <summary>What becomes of records with unknown fields. They are taken by default: who asks for some fields wants no others.</summary>
    public UnknownFields UnknownFields { get; init; }

    /// <summary>How many bytes a worker takes at a time. 128 KiB, as for CSV: large enough that the serial step and the
    /// system call are a few per cent; small enough that a block and its fields stay in the second-level cache.</summary>
    public int BlockSize { get; init; } = 1 << 17;

    /// <summary>The most bytes that a field which is asked for may have, as written. 1 MiB: far above any business value.</summary>
    public int FieldLimit { get; init; } = 1 << 20;

    /// <summary>The most bytes a record's raw text may have. 4 MiB: room for a few long fields; it bounds a worker's memory.</summary>
    public int RecordLimit { get; init; } = 4 << 20;

    /// <summary>The records that a batch of <see cref="JsonSource.NewBatch"/> holds. As many as a batch of rows, so that one becomes one.</summary>
    public int BatchSize { get; init; } = RowBatch.DefaultCapacity;

    /// <summary>The vectors to use; null takes the widest the machine has. Tests try them all.</summary>
    internal VectorWidth? Width { get; init; }

    /// <summary>How much of a record's raw text is kept when the record, or a field of it, is too long.</summary>
    internal int Kept => Math.Min(1024, RecordLimit);

    /// <summary>Checks that the options make sense.</summary>
    /// <exception cref="ArgumentException">A path is malformed, or there is one of records for lines.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number makes no sense.</exception>
    internal void Validate()
    {
        if (Record is not null)
        {
            _ = FieldPath.Parse(Record);
            if (Format == JsonFormat.Lines)
            {
                throw new ArgumentException("The records of JSON lines are the lines: they have no path.", nameof(Record));
            }
        }

        foreach (string known in KnownFields)
        {
            _ = FieldPath.Parse(known);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockSize, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(FieldLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FieldLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RecordLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
