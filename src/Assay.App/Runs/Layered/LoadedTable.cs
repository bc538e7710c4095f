using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a load made of a table.</summary>
/// <param name="Plan">How its rows were made.</param>
/// <param name="Quality">The run's books and figures.</param>
/// <param name="Change">What is to change in silver.</param>
/// <param name="QuarantineFile">Where the rejected records are, or null when there are none.</param>
internal sealed record LoadedTable(CleaningPlan Plan, TableQuality Quality, SilverChange Change, string? QuarantineFile)
{
    /// <summary>The source's columns that its tables do not read.</summary>
    public IReadOnlyList<string> ExtraColumns { get; init; } = [];

    /// <summary>Those of them that are not known.</summary>
    public IReadOnlyList<UnknownField> UnknownFields { get; init; } = [];

    /// <summary>The bytes read for it; none for a table that shares its parent's.</summary>
    public long Bytes { get; init; }
}
