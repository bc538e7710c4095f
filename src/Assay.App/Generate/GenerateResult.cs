namespace Assay.App.Generate;

/// <summary>What was generated.</summary>
public sealed record GenerateResult
{
    /// <summary>The rows written, without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>The records written: as many as rows, unless rows have lines or an error wrote some twice.</summary>
    public required long Records { get; init; }

    /// <summary>The bytes written, with what the file begins and ends with.</summary>
    public required long Bytes { get; init; }

    /// <summary>The rows in which, or in whose lines, at least one error was really written.</summary>
    public required long RowsWithErrors { get; init; }

    /// <summary>The rows per kind of error, in the file's order, then the lines per kind of theirs. A row can have
    /// two kinds: one of <c>kinds</c> and any of <c>afterwards</c>.</summary>
    public required IReadOnlyList<ErrorCount> Errors { get; init; }
}
