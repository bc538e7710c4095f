using Assay.App.Pipelines;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Tests a pipeline's checks where clean rows are kept. Rules over the books are about the rows that the run brought,
/// and are passed over for a table that it brought none for; all others are about all rows that there are. The same
/// rules over the books of all runs tell nothing about this run, but how good all that is kept is.
/// </summary>
internal sealed class LayerChecks(
    PipelineDefinition pipeline, RunOptions options, SilverMeasure measure, IReadOnlyDictionary<string, SilverSnapshot> snapshots)
{
    /// <summary>Tests the checks.</summary>
    /// <param name="loaded">What the run brought.</param>
    /// <param name="cumulative">By table, the books of all runs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What they found about the run, and what they find about all rows, both in the pipeline's order.</returns>
    /// <exception cref="MeasureException">What one needs cannot be computed.</exception>
    /// <exception cref="StoreException">A table cannot be read.</exception>
    public (IReadOnlyList<CheckFinding> OfRun, IReadOnlyList<CheckFinding> OfAll) Run(
        IReadOnlyList<LoadedTable> loaded, IReadOnlyDictionary<string, RunBooks> cumulative, CancellationToken cancellationToken)
    {
        KpiDefinition[] figures = [.. pipeline.Checks.Select(check => check.Figures).OfType<KpiDefinition>()];
        var measured = measure.Run(figures, cancellationToken).ToDictionary(result => result.Definition.Name, result => result.Table, StringComparer.Ordinal);
        var ofRun = new List<CheckFinding>();
        var ofAll = new List<CheckFinding>();
        foreach (CheckDefinition check in pipeline.Checks)
        {
            RunBooks all = cumulative[check.Table];
            if (check is RuleCheck)
            {
                LoadedTable? table = loaded.FirstOrDefault(one => one.Plan.Table.Name == check.Table);

                // A few repaired rows are looked at together with all that they belong to.
                ofRun.AddRange(table is null
                    ? []
                    : [check.Find(Figures(check, options.Replay is null ? LayerBooks.Books(table.Quality) : all, measured))]);
                ofAll.Add(check.Find(Figures(check, all, measured)));
                continue;
            }

            CheckFinding finding = check is RelationshipCheck relationship
                ? Find(relationship, cancellationToken)
                : check.Find(Figures(check, all, measured));
            ofRun.Add(finding);
            ofAll.Add(finding);
        }

        return (ofRun, ofAll);
    }

    private CheckFinding Find(RelationshipCheck check, CancellationToken cancellationToken)
    {
        SilverRelationship found = SilverRelationship.Count(
            options.Home, snapshots[check.Table], check.Column, snapshots[check.ToTable], check.ToColumn, cancellationToken);
        return check.Find(found.Orphans, found.Rows);
    }

    private CheckFigures Figures(CheckDefinition check, RunBooks books, Dictionary<string, Data.ResultTable> measured)
    {
        DateTime asOf = options.AsOf ?? TimeZoneInfo.ConvertTime(options.Time.GetUtcNow(), pipeline.TimeZone).DateTime;
        return new CheckFigures
        {
            Read = books.Read,
            Accepted = books.Accepted,
            Quarantined = books.Quarantined,
            Deduplicated = books.Deduplicated,
            Filtered = books.Filtered,
            Measured = check.Figures is { } figures ? CheckFigures.MeasuredBy(measured[figures.Name]) : new Dictionary<string, long?>(),
            AsOf = CheckFigures.Microseconds(asOf),
        };
    }
}
