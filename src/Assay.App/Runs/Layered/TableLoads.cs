using Assay.App.Pipelines;
using Assay.Data;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Dedup;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Loads the new files of one source into its tables: read, refine, find repeated keys, merge. Nothing is visible yet.</summary>
internal sealed class TableLoads(
    PipelineDefinition pipeline, RunOptions options, RunProgress progress, SilverWorkspace workspace, BronzeBatch batch)
{
    /// <summary>How many pages are read as one: enough that starting workers costs nothing, few enough that they show progress.</summary>
    private const int MostTogether = 1000;

    /// <summary>Loads a source's files.</summary>
    /// <param name="given">The source and its files; at least one.</param>
    /// <param name="plans">How records become rows, by table.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of its tables, and its files with the number of their rows.</returns>
    /// <exception cref="ReadException">A file cannot be read, no file has a column, or no record has a field that is required.</exception>
    /// <exception cref="RunException">A file breaks off.</exception>
    /// <exception cref="StoreException">Something cannot be written.</exception>
    public (IReadOnlyList<LoadedTable> Tables, IReadOnlyList<LoadedFile> Files) Load(
        SourceFiles given, IReadOnlyDictionary<string, CleaningPlan> plans, CancellationToken cancellationToken)
    {
        List<TableLoad> loads = Open(given.Source, plans, cancellationToken);
        var merges = new List<Task<SilverChange>>();
        try
        {
            var met = new MetFields();
            (IReadOnlyList<LoadedFile> files, IReadOnlyList<string> extra, IReadOnlyList<UnknownField> unknown, long bytes) = Read(given, loads, met, cancellationToken);
            AbsentFields.Require(given.Source, met, loads.Select(load => load.Plan), files.Sum(file => file.Rows));
            var withdrawn = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
            foreach (TableLoad load in loads)
            {
                HashSet<long> ofParent = load.Parent is null ? [] : withdrawn[load.Parent.Plan.Table.Name];
                HashSet<long> dropped = Settle(load, given.Source, given.Files, met, ofParent, out HashSet<long> conflicting, cancellationToken);
                withdrawn[load.Plan.Table.Name] = conflicting;

                // While one table is merged, the rows of the next are settled.
                merges.Add(Task.Run(() => load.Silver.Merge(dropped, options.FullRefresh, cancellationToken), CancellationToken.None));
            }

            var tables = new List<LoadedTable>();
            foreach ((TableLoad load, Task<SilverChange> merge) in loads.Zip(merges))
            {
                SilverChange change = merge.GetAwaiter().GetResult();
                tables.Add(new LoadedTable(load.Plan, load.Quality, change, load.CompleteQuarantine())
                {
                    ExtraColumns = extra,
                    UnknownFields = unknown,
                    Bytes = load.Parent is null ? bytes : 0,
                });
            }

            return (tables, files);
        }
        finally
        {
            // A merge that still runs uses what is to be disposed of; the failure that matters is on its way already.
            Task.WhenAll(merges).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .Wait(CancellationToken.None);
            loads.ForEach(load => load.Dispose());
        }
    }

    private List<TableLoad> Open(SourceDefinition source, IReadOnlyDictionary<string, CleaningPlan> plans, CancellationToken cancellationToken)
    {
        var loads = new List<TableLoad>();
        try
        {
            foreach (TableDefinition table in pipeline.Tables.Where(table => table.From == source.Name))
            {
                CleaningPlan plan = plans[table.Name];
                TableLoad? parent = loads.Find(load => load.Plan.Table.Name == table.Parent);
                loads.Add(new TableLoad(
                    plan,
                    parent,
                    new SilverLoad(workspace, SilverTables.Of(plan)),
                    QuarantineWriter.Open(options.Home, table.Name, batch.RunId, cancellationToken)));
            }

            return loads;
        }
        catch
        {
            loads.ForEach(load => load.Dispose());
            throw;
        }
    }

    private (IReadOnlyList<LoadedFile> Files, IReadOnlyList<string> Extra, IReadOnlyList<UnknownField> Unknown, long Bytes) Read(
        SourceFiles given, List<TableLoad> loads, MetFields met, CancellationToken cancellationToken)
    {
        var counts = new List<long>();
        var extra = new List<string>();
        var unknown = new List<UnknownField>();
        long bytes = 0;
        var lacked = new LackedColumns(given.Source.Name, [.. loads.Select(load => load.Plan)]);
        var load = new SourceLoad(loads, new DerivedList<string>(given.Files.Count, i => given.Files[i].Name), options.Threads, progress);
        for (int first = 0; first < given.Files.Count;)
        {
            SourceFile[] together = Together(given, first);
            SourceFile file = together[0];
            bool isPage = file.IsPage(given.Source);
            using IRecordSource source = SourceReader.Open(
                given.Source,
                file.Format,
                [.. together.Select(one => one.Path)],
                [.. together.Select(one => one.Name)],
                load.Fields,
                options.BlockSize,
                file.IsRestored ? lacked.Optional : null);

            // Pages hold their records in a handful; a copy beside each would take longer to write than they to read again.
            using RecordsWriter? records = isPage || RecordsReader.Exists(file.Path) ? null : RecordsWriter.Open(Landed(file), load.Fields, batch);
            string what = isPage ? $"{together.Length} pages" : Path.GetFileName(file.Name);
            progress.Begin($"{given.Source.Name}: {what}", () => (source.BytesRead, source.TotalBytes));
            counts.AddRange(load.Read(source, first, [.. together.Select(one => one.LeftOut)], records, cancellationToken));
            IncompleteFiles.Require(source, options.AllowPartial, progress);
            lacked.Note(file.Name, source);
            extra.AddRange(source.ExtraColumns.Where(column => file.Format != ReplayFile.Format || !ReplayFile.OwnColumns.Contains(column)));
            unknown.AddRange(file.Format == ReplayFile.Format ? [] : SchemaDrift.Of(given.Source, source));
            met.Add(source);
            bytes += source.BytesRead;
            first += together.Length;
        }

        load.Complete();
        if (lacked.Tell(extra) is { } warning)
        {
            progress.Warn(warning);
        }

        var files = new DerivedList<LoadedFile>(counts.Count, i => given.Files[i].Entry with { Rows = counts[i] });
        return (files, [.. extra.Distinct(StringComparer.Ordinal)], SchemaDrift.Together(unknown), bytes);
    }

    /// <summary>The files that are read as one: small ones, as to start the workers for each would take longer than to read it.</summary>
    private static SourceFile[] Together(SourceFiles given, int first) => !given.Files[first].IsPage(given.Source)
        ? [given.Files[first]]
        : [.. Enumerable.Range(first, Math.Min(MostTogether, given.Files.Count - first)).Select(i => given.Files[i]).TakeWhile(file => file.IsPage(given.Source))];

    private static LandedFile Landed(SourceFile file)
    {
        string origin = file.Name == file.Entry.BronzePath ? file.Entry.Name : file.Name;
        return new(file.Entry.Source, origin, file.Entry.Name, file.Entry.Sha256, file.Entry.Bytes, file.Path, file.Entry.BronzePath);
    }

    /// <summary>Decides which rows of a key count, and sets aside those that disagree.</summary>
    /// <returns>The places of the rows that are not to be merged.</returns>
    private HashSet<long> Settle(
        TableLoad load,
        SourceDefinition source,
        IReadOnlyList<SourceFile> files,
        MetFields met,
        HashSet<long> withdrawn,
        out HashSet<long> conflicting,
        CancellationToken cancellationToken)
    {
        progress.Begin($"{load.Plan.Table.Name}: merging", () => (0, null));
        conflicting = [];
        var dropped = new HashSet<long>(withdrawn);
        if (load.Keys is { } keys)
        {
            KeyOutcome outcome = keys.Complete(withdrawn);
            load.Quality.Deduplicate(outcome.Deduplicated);
            load.Quality.SetAside(FaultCode.ParentRejected, outcome.Withdrawn);
            dropped.UnionWith(outcome.Superseded);
            var late = new LateRejects(source, files, cancellationToken);
            foreach (long sequence in outcome.WithdrawnSequences)
            {
                late.AddLine(sequence);
            }

            foreach (KeyConflict conflict in outcome.Conflicts)
            {
                late.Add(conflict);
                foreach (long sequence in conflict.Sequences)
                {
                    load.Quality.SetAside(FaultCode.Conflicting, conflict.Column, sequence, $"{conflict.First} <> {conflict.Other}");
                    conflicting.Add(sequence);
                }
            }

            dropped.UnionWith(conflicting);
            load.AppendLast(late.Write(load.Plan.Expectation(-1, FaultCode.ParentRejected)));
        }
        else if (withdrawn.Count > 0)
        {
            load.Quality.SetAside(FaultCode.ParentRejected, withdrawn.Count);
        }

        // A few repaired records say nothing about the source.
        bool areRepairs = files.All(file => file.Format == ReplayFile.Format);
        foreach ((ColumnDefinition column, ColumnQuality quality) in load.Plan.Table.Columns.Zip(load.Quality.Columns).Where(_ => !areRepairs))
        {
            if (met.Lacks(column.Field) || (quality.Nulls == load.Quality.Read && load.Quality.Read > 0))
            {
                progress.Warn(AbsentFields.Warning(column, load.Plan.Table, met));
            }
        }

        return dropped;
    }
}
