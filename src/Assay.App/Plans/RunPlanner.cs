using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Plans;

/// <summary>Finds out what a run would do. It reads the state, the stored files' footers and a little of new files; it writes nothing.</summary>
internal sealed class RunPlanner
{
    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly Dictionary<string, CleaningPlan> _plans;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How it would be run.</param>
    public RunPlanner(PipelineDefinition pipeline, RunOptions options)
    {
        _pipeline = pipeline;
        _options = options;
        _plans = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);
    }

    /// <summary>Plans the run.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="Read.ReadException">A file is missing, cannot be read or lacks a field.</exception>
    /// <exception cref="StoreException">The state or a stored file cannot be read, or another pipeline owns what this one would write.</exception>
    /// <exception cref="RunException">A source is given nothing.</exception>
    /// <exception cref="Generate.GenerateException">A sample cannot be made as it is declared.</exception>
    public RunPlan Plan(CancellationToken cancellationToken)
    {
        using StateDatabase? state = _pipeline.KeepsSilver ? OpenState() : null;
        state?.RequireFree(_pipeline.Name, LayeredRun.Owned(_pipeline));
        var planner = new SourcePlanner(_pipeline, _options, state);
        if (_pipeline.KeepsSilver)
        {
            SourcePaths.RequireAllOrNone(
                _pipeline, planner.IsRebuilding, _options.SimulatedApi is not null, source => state is not null && state.LoadedFiles(_pipeline.Name, source).Count > 0);
        }

        PlannedSource[] sources = [.. Sources().Select(source => planner.Plan(source, Fields(source), cancellationToken))];
        PlannedTable[] tables = [.. _pipeline.Tables.Select(table => Table(table, sources, cancellationToken))];
        return new RunPlan
        {
            Pipeline = _pipeline,
            Until = _options.Until,
            FullRefresh = _options.FullRefresh,
            LastRun = LastRun(),
            Sources = sources,
            Tables = tables,
            Kpis = _options.Until == Layer.Gold ? [.. _pipeline.Kpis.Select(kpi => Kpi(kpi, tables, cancellationToken))] : [],
            Refusal = state is null ? null : RuleChanges.Find(_pipeline, _options, state),
            HasPending = state?.HasPending == true,
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private StateDatabase? OpenState() => StateDatabase.OpenToRead(_options.Home);

    /// <summary>The sources that a run reads: without layers, those of tables alone.</summary>
    private IEnumerable<SourceDefinition> Sources() => _pipeline.KeepsSilver
        ? _pipeline.Sources
        : _pipeline.Sources.Where(source => _pipeline.Tables.Any(table => table.From == source.Name));

    private string[] Fields(SourceDefinition source) =>
        [.. _plans.Values.Where(plan => plan.Table.From == source.Name).SelectMany(plan => plan.Fields).Distinct(StringComparer.Ordinal)];

    private PlannedTable Table(TableDefinition table, PlannedSource[] sources, CancellationToken cancellationToken)
    {
        bool isRead = sources.Any(source => source.Name == table.From && source.Files.Any(file => file.IsRead));
        return new PlannedTable(table.Name, table.From, isRead && _options.Until != Layer.Bronze, _pipeline.KeepsSilver ? Stored(table, cancellationToken) : null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private StoredTable Stored(TableDefinition table, CancellationToken cancellationToken) =>
        StoredTable.Read(_options.Home, SilverSnapshot.Current(_options.Home, table.Name), _plans[table.Name].Schema, cancellationToken);

    private PlannedKpi Kpi(KpiDefinition kpi, PlannedTable[] tables, CancellationToken cancellationToken)
    {
        string? window = kpi.Last is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"{last.Count} {last.Unit.ToString().ToLowerInvariant()}{(last.Count == 1 ? "" : "s")} of {last.Column}")
            : null;
        DateTime? asOf = kpi.Last is null ? null
            : _options.AsOf ?? Newest(tables.First(table => table.Name == kpi.From), kpi.Last.Column, cancellationToken);
        return new PlannedKpi(
            kpi.Name, kpi.Title, kpi.From, [.. kpi.Joins.Select(join => join.Table)], window, asOf, kpi.Last is not null && _options.AsOf is not null);
    }

    /// <summary>The newest moment that is stored; null when there is none, or its column is not stored as it is now.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DateTime? Newest(PlannedTable table, string column, CancellationToken cancellationToken)
    {
        Schema schema = _plans[table.Name].Schema;
        if (table.Stored is not { Rows: > 0 } stored || stored.Drift.Any(drift => drift.Column == column && drift.IsRetyped))
        {
            return null;
        }

        Column wanted = schema.Columns[schema.IndexOf(column)];
        using SilverScan scan = SilverScan.Open(
            _options.Home, SilverSnapshot.Current(_options.Home, table.Name), new Schema([wanted]), cancellationToken);
        return scan.Max(column, cancellationToken) is { } cell ? Moments.FromCell((long)cell, wanted.Type) : null;
    }

    /// <summary>The last run that was completed; what cannot be read is passed over, as a run does.</summary>
    private RunManifest? LastRun()
    {
        foreach (string id in RunHistory.NewestFirst(_options.Home))
        {
            try
            {
                if (RunHistory.Find(_options.Home, id) is { Status: RunStatus.Completed } run && run.Pipeline == _pipeline.Name)
                {
                    return run;
                }
            }
            catch (StoreException)
            {
                // A run does not read earlier runs' manifests, so a damaged one must not keep it from being planned.
            }
        }

        return null;
    }
}
