using Assay.Read;

namespace Assay.App.Pipelines;

/// <summary>Where raw records come from, as a pipeline declares it.</summary>
public sealed record SourceDefinition
{
    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The files' format: <c>csv</c>, <c>xml</c>, <c>json</c>, <c>jsonl</c> or <c>parquet</c>; or <c>rest</c>.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// The file, its variables filled in, relative to the working directory: a path, one with <c>*</c> and <c>?</c> for
    /// several files, <c>-</c> for standard input, or empty for the <see cref="Sample"/> and for <see cref="Rest"/>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What a record is: for XML the local name of its element, for JSON and for an API the dotted path of the array; null otherwise.</summary>
    public string? Record { get; init; }

    /// <summary>The character between fields, or null to find it out from the file.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What CSV files are encoded in, unless a byte order mark says otherwise.</summary>
    public CsvEncoding Encoding { get; init; }

    /// <summary>How many lines of CSV files stand above the header.</summary>
    public int SkipLines { get; init; }

    /// <summary>Fields that are known though no column reads them, as columns name theirs.</summary>
    public IReadOnlyList<string> KnownFields { get; init; } = [];

    /// <summary>The sample that stands in for an empty <see cref="Path"/>, or null.</summary>
    public SampleDefinition? Sample { get; init; }

    /// <summary>The API that the records come from, or null for files.</summary>
    public RestSourceDefinition? Rest { get; init; }

    /// <summary>What its tables do with fields that are not known.</summary>
    internal SourceContract Contract { get; init; } = SourceContract.None;

    /// <summary>Whether the records come from standard input.</summary>
    public bool IsStandardInput => Path == "-";

    /// <summary>The files that <see cref="Path"/> stands for.</summary>
    /// <param name="workingDirectory">The folder that it starts from.</param>
    /// <returns>Paths in ordinal order. A path without <c>*</c> and <c>?</c> is given as it is, whether or not there is such
    /// a file; with them, only files that are there, so perhaps none. None for standard input and for a sample.</returns>
    public IReadOnlyList<string> FindFiles(string workingDirectory) =>
        Path.Length == 0 || IsStandardInput ? [] : FilePattern.Expand(Path, workingDirectory);
}
