using Assay.Measure;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run made of one table.</summary>
/// <param name="Quality">Its books and figures.</param>
/// <param name="Plan">How its rows were made; it tells what was expected where a fault was found.</param>
/// <param name="Inputs">The files it was read from.</param>
/// <param name="ExtraColumns">The source's columns that the table does not read.</param>
/// <param name="Results">Its KPIs.</param>
/// <param name="QuarantineFile">Where its rejected records are, or null when there are none.</param>
internal sealed record TableOutcome(
    TableQuality Quality,
    Refine.CleaningPlan Plan,
    IReadOnlyList<RunInput> Inputs,
    IReadOnlyList<string> ExtraColumns,
    IReadOnlyList<KpiResult> Results,
    string? QuarantineFile)
{
    /// <summary>What became of the run's rows.</summary>
    public RunBooks Books => new(Quality.Read, Quality.Accepted, Quality.Quarantined, Quality.Deduplicated, Quality.Filtered);

    /// <summary>The fields of its source that are not known.</summary>
    public IReadOnlyList<UnknownField> UnknownFields { get; init; } = [];

    /// <summary>What it changed in silver; null when it did not.</summary>
    public SilverRows? Silver { get; init; }
}
