using Assay.App.Pipelines;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>The books of a run, and those of all that is in silver after it.</summary>
/// <param name="Entries">What the run books, corrections of earlier runs included.</param>
/// <param name="Cumulative">By table, what became of all rows that silver is made from.</param>
internal sealed record LayerBooks(IReadOnlyList<BooksEntry> Entries, IReadOnlyDictionary<string, RunBooks> Cumulative)
{
    private static readonly RunBooks Nothing = new(0, 0, 0, 0, 0);

    /// <summary>Makes the books.</summary>
    /// <param name="state">What earlier runs booked.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="loaded">The tables that the run loaded.</param>
    /// <param name="isRefresh">Whether it takes the place of all earlier ones.</param>
    /// <param name="replay">What it takes over from earlier runs, when it is a replay.</param>
    /// <returns>The books.</returns>
    public static LayerBooks Of(StateDatabase state, PipelineDefinition pipeline, IReadOnlyList<LoadedTable> loaded, bool isRefresh, ReplayPlan? replay)
    {
        var entries = new List<BooksEntry>();
        var cumulative = new Dictionary<string, RunBooks>(StringComparer.Ordinal);
        foreach (string name in pipeline.Tables.Select(table => table.Name))
        {
            RunBooks sum = isRefresh ? Nothing : state.CumulativeBooks(pipeline.Name, name);
            LoadedTable? table = loaded.FirstOrDefault(one => one.Plan.Table.Name == name);
            if (table is not null)
            {
                RunBooks own = Books(table.Quality);
                entries.Add(new BooksEntry(name, own));
                sum = Add(sum, own);
                foreach (ReplayedRows rows in replay?.Rows.Where(rows => rows.Table == name) ?? [])
                {
                    RunBooks booked = state.BooksOf(pipeline.Name, rows.RunId).FirstOrDefault(entry => entry.Table == name)?.Books ?? Nothing;
                    RunBooks taken = rows.Correction(booked);
                    entries.Add(new BooksEntry(name, taken, rows.RunId));
                    sum = Add(sum, taken);
                }

                // What silver has is what was accepted; the rest was replaced, by these rows or by newer ones.
                long replaced = sum.Accepted - table.Change.Rows;
                if (replaced != 0)
                {
                    var correction = new RunBooks(0, -replaced, 0, replaced, 0);
                    entries.Add(new BooksEntry(name, correction));
                    sum = Add(sum, correction);
                }
            }

            cumulative[name] = sum;
        }

        return new LayerBooks(entries, cumulative);
    }

    /// <summary>The books of a table's load.</summary>
    public static RunBooks Books(TableQuality quality) =>
        new(quality.Read, quality.Accepted, quality.Quarantined, quality.Deduplicated, quality.Filtered);

    private static RunBooks Add(RunBooks one, RunBooks other) => new(
        one.Read + other.Read,
        one.Accepted + other.Accepted,
        one.Quarantined + other.Quarantined,
        one.Deduplicated + other.Deduplicated,
        one.Filtered + other.Filtered);
}
