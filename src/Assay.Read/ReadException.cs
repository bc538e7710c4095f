namespace Assay.Read;

/// <summary>A source cannot be read on: the run must end. Bad rows are never this; they are faults.</summary>
public sealed class ReadException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Why the source could not be read.</param>
    /// <param name="source">The source's name in the pipeline.</param>
    /// <param name="file">The file, as the run was given it.</param>
    /// <param name="message">What is wrong, naming the file.</param>
    /// <param name="inner">What the system said, if anything.</param>
    public ReadException(ReadErrorKind kind, string source, string file, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        SourceName = source;
        File = file;
    }

    /// <summary>Why the source could not be read.</summary>
    public ReadErrorKind Kind { get; }

    /// <summary>The source's name in the pipeline.</summary>
    public string SourceName { get; }

    /// <summary>The file, as the run was given it.</summary>
    public string File { get; }

    /// <summary>The record's number in the file, 1 for the first after the header, where one is concerned.</summary>
    public long? Row { get; init; }

    /// <summary>The line in the file, from 1, where one is concerned.</summary>
    public long? Line { get; init; }

    /// <summary>The first column concerned, if any.</summary>
    public string? Column { get; init; }

    /// <summary>The byte of the file as it is on disk (compressed, if it is) near which the error was met.</summary>
    public long? Offset { get; init; }

    /// <summary>Whether what was asked for is wrong (no such file, no such column) rather than the data.</summary>
    public bool IsConfiguration =>
        Kind is ReadErrorKind.NotFound or ReadErrorKind.MissingColumn or ReadErrorKind.DuplicateColumn or ReadErrorKind.NoRecords;
}
