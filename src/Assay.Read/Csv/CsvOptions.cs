using Assay.Data;

namespace Assay.Read;

/// <summary>How CSV is read.</summary>
public sealed record CsvOptions
{
    /// <summary>The byte between fields: ASCII, neither a quote nor a line end. Null, the default, finds it out per
    /// file among <c>, ; tab |</c>, because most files do not say.</summary>
    public byte? Delimiter { get; init; }

    /// <summary>What the files are encoded in, unless a byte order mark says otherwise. UTF-8, the default, is what most programs write.</summary>
    public CsvEncoding Encoding { get; init; }

    /// <summary>How many lines stand above the header, as in exports that begin with a title. 0, the default, as most have none.</summary>
    public int SkipLines { get; init; }

    /// <summary>How many bytes a worker takes at a time. 128 KiB: large enough that the serial step and the system call
    /// are a few per cent; small enough that a block, its index and the columns made of it stay in the second-level cache.</summary>
    public int BlockSize { get; init; } = 1 << 17;

    /// <summary>The most bytes a field's raw text may have, and how far the close of a quote is looked for. 1 MiB: far
    /// above any business value, and what a stray quote can cost at most.</summary>
    public int FieldLimit { get; init; } = 1 << 20;

    /// <summary>The most bytes a record's raw text may have. 4 MiB: room for a few long fields; it bounds a worker's memory.</summary>
    public int RecordLimit { get; init; } = 4 << 20;

    /// <summary>The records that a batch of <see cref="CsvSource.NewBatch"/> holds. As many as a batch of rows, so that one becomes one.</summary>
    public int BatchSize { get; init; } = RowBatch.DefaultCapacity;

    /// <summary>Columns asked for that a file may lack: they have no value there, and <see cref="IRecordSource.Lacking"/> names them. None by
    /// default, because a name that is nowhere is more often mistyped than absent.</summary>
    public IReadOnlyCollection<string> OptionalColumns { get; init; } = [];

    /// <summary>The vectors to use; null takes the widest the machine has. Tests try them all.</summary>
    internal VectorWidth? Width { get; init; }

    /// <summary>Checks that the options make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not.</exception>
    internal void Validate()
    {
        if (Delimiter is (byte)'"' or (byte)'\n' or (byte)'\r' or >= 0x80)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Delimiter), Delimiter, "The delimiter must be an ASCII byte other than a quote or a line end.");
        }

        if (!Enum.IsDefined(Encoding))
        {
            throw new ArgumentOutOfRangeException(nameof(Encoding), Encoding, "There is no such encoding.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(SkipLines);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockSize, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(FieldLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FieldLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RecordLimit, 1 << 28);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
