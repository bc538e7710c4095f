using Assay.App.Pipelines;
using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a replay changes about earlier runs, found out and checked before any of it is done.</summary>
internal sealed class ReplayPlan
{
    private readonly AssayHome _home;

    private ReplayPlan(AssayHome home, IReadOnlyList<ReplayedRows> rows, IReadOnlyDictionary<string, long> runs)
    {
        _home = home;
        Rows = rows;
        Runs = runs;
    }

    /// <summary>The records that are taken over, by table and earlier run.</summary>
    public IReadOnlyList<ReplayedRows> Rows { get; }

    /// <summary>How many records are taken over from each earlier run.</summary>
    public IReadOnlyDictionary<string, long> Runs { get; }

    /// <summary>Makes the plan of a replay.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="plans">How records become rows, by table.</param>
    /// <param name="loaded">The source's files, in the order that they were loaded in.</param>
    /// <param name="given">The source, and the replay's file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="Read.ReadException">A file cannot be read.</exception>
    /// <exception cref="RunException">The replay would leave rows behind that nothing stands for, or doubles others.</exception>
    /// <exception cref="StoreException">The quarantine or bronze cannot be read.</exception>
    public static ReplayPlan Make(
        AssayHome home,
        PipelineDefinition pipeline,
        IReadOnlyDictionary<string, CleaningPlan> plans,
        IReadOnlyList<LoadedFile> loaded,
        SourceFiles given,
        CancellationToken cancellationToken)
    {
        SourceFile file = given.Files[0];
        IReadOnlyList<ReplayTarget> targets = ReplayTargets.Of(home, given.Source.Name, loaded, file, cancellationToken);
        CleaningPlan[] tables = [.. pipeline.Tables.Where(table => table.From == given.Source.Name).Select(table => plans[table.Name])];
        var checks = new ReplayChecks(home, pipeline.TimeZone, given.Source, file, new RecordTexts(given.Source, SourceLoad.FieldsOf(tables)), cancellationToken);
        var rows = new List<ReplayedRows>();
        foreach (CleaningPlan plan in tables)
        {
            var aside = new List<ReplayTarget>();
            var good = new List<ReplayTarget>();
            foreach (IGrouping<string, ReplayTarget> ofRun in targets.GroupBy(target => target.File.RunId, StringComparer.Ordinal))
            {
                Dictionary<(string File, long Row), string> held = Held(home, plan.Table.Name, ofRun);
                ReplayTarget[] heldOnes = [.. ofRun.Where(target => held.ContainsKey((target.Name, target.Record.Row)))];
                checks.RequireWhole(plan, heldOnes, held);
                aside.AddRange(heldOnes);
                good.AddRange(ofRun.Except(heldOnes));
            }

            HashSet<ReplayTarget> filtered = [.. checks.RequireGood(plan, good)];
            rows.AddRange(targets.GroupBy(target => target.File.RunId, StringComparer.Ordinal).Select(ofRun => new ReplayedRows(
                plan.Table.Name,
                ofRun.Key,
                [.. aside.Where(target => target.File.RunId == ofRun.Key).Select(target => (target.Name, target.Record.Row))],
                good.Count(target => target.File.RunId == ofRun.Key && !filtered.Contains(target)),
                good.Count(target => target.File.RunId == ofRun.Key && filtered.Contains(target)))));
        }

        return new ReplayPlan(
            home, rows, targets.GroupBy(target => target.File.RunId, StringComparer.Ordinal).ToDictionary(run => run.Key, run => (long)run.Count(), StringComparer.Ordinal));
    }

    /// <summary>Writes down which rows of earlier quarantines are resolved.</summary>
    /// <param name="runId">The replay's run.</param>
    /// <returns>What makes it visible, for the commit.</returns>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public IReadOnlyList<PendingChange> Resolve(string runId) =>
    [
        .. Rows.Where(rows => rows.Quarantined.Count > 0)
            .Select(rows => ResolvedRows.Load(_home, rows.Table, rows.RunId).Stage(rows.Quarantined, runId)),
    ];

    /// <summary>The rows of a run's quarantine that matter: those that are replayed, and what conflicts in the same files. By name, with the code.</summary>
    private static Dictionary<(string File, long Row), string> Held(AssayHome home, string table, IGrouping<string, ReplayTarget> ofRun)
    {
        var held = new Dictionary<(string File, long Row), string>();
        string path = QuarantineFolder.PathOf(home, table, ofRun.Key);
        if (!File.Exists(path))
        {
            return held;
        }

        HashSet<(string, long)> wanted = [.. ofRun.Select(target => (target.Name, target.Record.Row))];
        HashSet<string> files = [.. ofRun.Select(target => target.Name)];
        var resolved = ResolvedRows.Load(home, table, ofRun.Key);
        foreach (QuarantineRow row in QuarantineFolder.Read(path))
        {
            bool matters = wanted.Contains((row.File, row.Row)) || (row.Code == FaultCode.Conflicting.Name() && files.Contains(row.File));
            if (matters && resolved.RunOf(row.File, row.Row) is null)
            {
                held[(row.File, row.Row)] = row.Code;
            }
        }

        return held;
    }
}
