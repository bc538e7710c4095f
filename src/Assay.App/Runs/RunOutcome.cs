using Assay.App.Pipelines;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run came to.</summary>
internal sealed record RunOutcome
{
    /// <summary>The pipeline.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>The run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Its tables, in the pipeline's order.</summary>
    public required IReadOnlyList<TableOutcome> Tables { get; init; }

    /// <summary>What its checks found, those that hold included, in the pipeline's order.</summary>
    public required IReadOnlyList<CheckFinding> Checks { get; init; }

    /// <summary>How good its data was.</summary>
    public RunScore Score => RunScore.Of(Books.Read, Books.Quarantined, Checks);

    /// <summary>The checks that do not hold; those that are errors end the run before it publishes.</summary>
    public IEnumerable<CheckFinding> BrokenChecks => Checks.Where(finding => !finding.Holds);

    /// <summary>Its KPIs, in the pipeline's order.</summary>
    public required IReadOnlyList<KpiResult> Results { get; init; }

    /// <summary>The bytes read from the sources, uncompressed, each counted once.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long reading, refining and measuring took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The books of all tables together.</summary>
    public RunBooks Books => new(
        Tables.Sum(table => table.Quality.Read),
        Tables.Sum(table => table.Quality.Accepted),
        Tables.Sum(table => table.Quality.Quarantined),
        Tables.Sum(table => table.Quality.Deduplicated),
        Tables.Sum(table => table.Quality.Filtered));

    /// <summary>Where the published results are; null when nothing was written.</summary>
    public string? GoldFolder { get; init; }

    /// <summary>Rows read a second.</summary>
    public double RowsPerSecond => Books.Read / Math.Max(Elapsed.TotalSeconds, 1e-6);

    /// <summary>Megabytes (of a million bytes) read a second.</summary>
    public double MegabytesPerSecond => Bytes / 1e6 / Math.Max(Elapsed.TotalSeconds, 1e-6);
}
