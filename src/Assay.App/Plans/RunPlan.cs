using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Plans;

/// <summary>What a run would do.</summary>
internal sealed record RunPlan
{
    /// <summary>The pipeline.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>The last layer that the run would change.</summary>
    public required Layer Until { get; init; }

    /// <summary>Whether silver would be rebuilt from bronze.</summary>
    public required bool FullRefresh { get; init; }

    /// <summary>The pipeline's last run that was completed, or null.</summary>
    public required RunManifest? LastRun { get; init; }

    /// <summary>The sources that it would read.</summary>
    public required IReadOnlyList<PlannedSource> Sources { get; init; }

    /// <summary>The tables, in the pipeline's order.</summary>
    public required IReadOnlyList<PlannedTable> Tables { get; init; }

    /// <summary>The KPIs that it would compute; none when it is to stop before gold.</summary>
    public required IReadOnlyList<PlannedKpi> Kpis { get; init; }

    /// <summary>Whether an earlier run was killed before its files were in place, so that this one would first end its work.</summary>
    public bool HasPending { get; init; }

    /// <summary>Why a run would stop before it changes anything, in its words: stored rows were made by other rules; null when they were not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the pipeline's text and its variables are those of the last run; null when there is none.</summary>
    public bool? IsConfigurationKept => LastRun is null ? null : LastRun.ConfigurationHash == Pipeline.Hash;

    /// <summary>The records that would be read; null when nobody can tell.</summary>
    public RowEstimate? Rows => RowEstimate.Sum(Sources.Select(source => source.Rows));

    /// <summary>The files that would be read.</summary>
    public IEnumerable<PlannedFile> FilesRead => Sources.SelectMany(source => source.Files).Where(file => file.IsRead);

    /// <summary>Whether a run would refuse without a rebuild: rows were made by other rules, or have columns whose stored type is another one now.</summary>
    public bool NeedsRefresh => Refusal is not null || (!FullRefresh && Until != Layer.Bronze
        && Tables.Any(table => table.Stored?.Drift.Any(drift => drift.IsRetyped) == true));
}
