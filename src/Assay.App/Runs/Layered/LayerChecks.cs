using Assay.App.Pipelines;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Tests a pipeline's checks where clean rows are kept. Rules over the books are about the rows that the run brought,
/// and are passed over for a table that it brought none for; all others are about all rows that there are.
/// </summary>
internal sealed class LayerChecks(
    PipelineDefinition pipeline, RunOptions options, SilverMeasure measure, IReadOnlyDictionary<string, SilverSnapshot> snapshots)
{
    /// <summary>Tests the checks.</summary>
    /// <param name="loaded">What the run brought.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What they found, in the pipeline's order.</returns>
    /// <exception cref="MeasureException">What one needs cannot be computed.</exception>
    /// <exception cref="StoreException">A table cannot be read.</exception>
    public IReadOnlyList<CheckFinding> Run(IReadOnlyList<LoadedTable> loaded, CancellationToken cancellationToken)
    {
        KpiDefinition[] figures = [.. pipeline.Checks.Select(check => check.Figures).OfType<KpiDefinition>()];
        var measured = measure.Run(figures, cancellationToken).ToDictionary(result => result.Definition.Name, result => result.Table, StringComparer.Ordinal);
        var findings = new List<CheckFinding>();
        foreach (CheckDefinition check in pipeline.Checks)
        {
            LoadedTable? table = loaded.FirstOrDefault(one => one.Plan.Table.Name == check.Table);
            if (check is RelationshipCheck relationship)
            {
                SilverRelationship found = SilverRelationship.Count(
                    options.Home, snapshots[check.Table], relationship.Column, snapshots[relationship.ToTable], relationship.ToColumn, cancellationToken);
                findings.Add(relationship.Find(found.Orphans, found.Rows));
            }
            else if (check is not RuleCheck || table is not null)
            {
                findings.Add(check.Find(Figures(check, table, measured)));
            }
        }

        return findings;
    }

    private CheckFigures Figures(CheckDefinition check, LoadedTable? table, Dictionary<string, Data.ResultTable> measured)
    {
        DateTime asOf = options.AsOf ?? TimeZoneInfo.ConvertTime(options.Time.GetUtcNow(), pipeline.TimeZone).DateTime;
        return new CheckFigures
        {
            Read = table?.Quality.Read ?? 0,
            Accepted = table?.Quality.Accepted ?? 0,
            Quarantined = table?.Quality.Quarantined ?? 0,
            Deduplicated = table?.Quality.Deduplicated ?? 0,
            Filtered = table?.Quality.Filtered ?? 0,
            Measured = check.Figures is { } figures ? CheckFigures.MeasuredBy(measured[figures.Name]) : new Dictionary<string, long?>(),
            AsOf = CheckFigures.Microseconds(asOf),
        };
    }
}
