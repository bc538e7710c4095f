using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>The files of one source in a run.</summary>
/// <param name="Source">The source.</param>
/// <param name="Files">Those to load, in the order in which a later one replaces an earlier one's rows.</param>
/// <param name="Given">All that were given, seen before or not.</param>
internal sealed record SourceFiles(SourceDefinition Source, IReadOnlyList<SourceFile> Files, IReadOnlyList<LandedFile> Given)
{
    /// <summary>The same for the manifest: always the same list.</summary>
    public IReadOnlyList<RunInput> Inputs { get; } = new DerivedList<RunInput>(Given.Count, i => Input(Given[i]));

    private static RunInput Input(LandedFile file) => new(file.Origin, file.Bytes, file.Sha256) { Seen = file.IsSeen };
}
