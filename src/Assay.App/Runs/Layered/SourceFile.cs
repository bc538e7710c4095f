using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>A file of a source that a run loads.</summary>
/// <param name="Path">Where its bytes are kept, as a full path.</param>
/// <param name="Name">What it is called in the quarantine and in messages: the path that it was given by, or, when silver is rebuilt, its path in the home.</param>
/// <param name="Format">How it is read.</param>
/// <param name="Entry">What the state will know about it; its rows are known once it was read.</param>
internal sealed record SourceFile(string Path, string Name, string Format, LoadedFile Entry)
{
    /// <summary>The numbers of records that are passed over, as a replay's rows stand for them.</summary>
    public IReadOnlySet<long> LeftOut { get; init; } = new HashSet<long>();

    /// <summary>Whether it was loaded before, and is read again from bronze: it may lack a column that came later.</summary>
    public bool IsRestored { get; init; }

    /// <summary>Whether it is a page of an API: small, one of many, and without a Parquet copy of its records.</summary>
    /// <param name="source">The source that it is of.</param>
    public bool IsPage(SourceDefinition source) => ArePages(source, Format);

    /// <summary>The same of files of a format.</summary>
    public static bool ArePages(SourceDefinition source, string? format) => source.Rest is not null && format != ReplayFile.Format;
}
