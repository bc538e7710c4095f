using Assay.App.Pipelines;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Says when rows that are stored lack a column that their table has by now: they have no value in it, and KPIs count it so.</summary>
internal static class NewColumns
{
    /// <summary>Looks at the stored rows of each table.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="home">Where the data lies.</param>
    /// <param name="plans">By table, how its records become rows.</param>
    /// <param name="progress">Is told of what is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    public static void Warn(
        PipelineDefinition pipeline, AssayHome home, IReadOnlyDictionary<string, CleaningPlan> plans, RunProgress progress, CancellationToken cancellationToken)
    {
        DateTime changed = File.GetLastWriteTimeUtc(Path.Combine(pipeline.Folder, Path.GetFileName(pipeline.File)));
        foreach ((string table, CleaningPlan plan) in plans)
        {
            IReadOnlyList<string> missing = StoredTable.Missing(home, table, plan.Schema, changed, cancellationToken);
            if (missing.Count > 0)
            {
                progress.Warn($"rows of `{table}` that were loaded before have no {string.Join(", ", missing.Select(name => $"`{name}`"))}, "
                    + "new since then; --full-refresh makes them anew");
            }
        }
    }
}
