using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Computes KPIs over the silver layer: the snapshot of each table is read once for all that is computed of it.</summary>
internal sealed class SilverMeasure
{
    private readonly AssayHome _home;
    private readonly RunOptions _options;
    private readonly RunProgress _progress;
    private readonly IReadOnlyDictionary<string, CleaningPlan> _plans;
    private readonly IReadOnlyDictionary<string, SilverSnapshot> _snapshots;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told of the rows.</param>
    /// <param name="plans">The tables.</param>
    /// <param name="snapshots">The files that hold their rows.</param>
    public SilverMeasure(
        RunOptions options,
        RunProgress progress,
        IReadOnlyDictionary<string, CleaningPlan> plans,
        IReadOnlyDictionary<string, SilverSnapshot> snapshots)
    {
        _home = options.Home;
        _options = options;
        _progress = progress;
        _plans = plans;
        _snapshots = snapshots;
    }

    /// <summary>The latest moment that a window looked back from, or null when there was none.</summary>
    public DateTime? AsOf { get; private set; }

    /// <summary>Computes KPIs.</summary>
    /// <param name="kpis">The KPIs, of any tables.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The results, in the KPIs' order.</returns>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    /// <exception cref="StoreException">A table cannot be read.</exception>
    public IReadOnlyList<KpiResult> Run(IReadOnlyList<KpiDefinition> kpis, CancellationToken cancellationToken)
    {
        var results = new Dictionary<KpiDefinition, KpiResult>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<string, KpiDefinition> ofTable in kpis.GroupBy(kpi => kpi.From, StringComparer.Ordinal))
        {
            foreach (KpiResult result in Run(ofTable.Key, [.. ofTable], cancellationToken))
            {
                results[result.Definition] = result;
            }
        }

        return [.. kpis.Select(kpi => results[kpi])];
    }

    /// <summary>The rows of a table.</summary>
    public long Count(string table, CancellationToken cancellationToken)
    {
        if (!_counts.TryGetValue(table, out long count))
        {
            using SilverScan scan = Open(table, new Schema([_plans[table].Schema.Columns[0]]), cancellationToken);
            _counts[table] = count = scan.Count;
        }

        return count;
    }

    private IReadOnlyList<KpiResult> Run(string table, KpiDefinition[] kpis, CancellationToken cancellationToken)
    {
        Schema whole = _plans[table].Schema;
        var joined = _plans.ToDictionary(plan => plan.Key, plan => plan.Value.Schema, StringComparer.Ordinal);
        KpiDefinition[] simple = [.. kpis.Select(kpi => DistinctByKey.Simplify(kpi, _plans[table].Table))];
        KpiPlan[] wide = [.. simple.Select(kpi => KpiPlan.Create(kpi, whole, joined))];
        var needed = wide.SelectMany(plan => plan.Columns).ToHashSet(StringComparer.Ordinal);

        // A count alone needs no column, but rows need at least one.
        Column[] columns = [.. whole.Columns.Where((column, i) => needed.Contains(column.Name) || (needed.Count == 0 && i == 0))];
        var schema = new Schema(columns);
        KpiPlan[] plans = [.. simple.Select(kpi => KpiPlan.Create(kpi, schema, joined))];
        using SilverScan scan = Open(table, schema, cancellationToken);
        _counts[table] = scan.Count;
        var measures = new MeasureRun(plans, new MeasureInputs
        {
            Lookups = Lookups(plans, cancellationToken),
            TableRows = plans.SelectMany(plan => plan.CountedTables).Distinct(StringComparer.Ordinal)
                .ToDictionary(counted => counted, counted => Count(counted, cancellationToken), StringComparer.Ordinal),
            AsOf = Ends(plans, scan, schema, cancellationToken),
        });
        SilverPass.Run(scan, schema, $"{table}: measuring", new MeasureTarget(measures, 1), _options, _progress, cancellationToken);
        if (measures.NeedsSecondPass)
        {
            using SilverScan again = Open(table, schema, cancellationToken);
            SilverPass.Run(again, schema, $"{table}: measuring", new MeasureTarget(measures, 2), _options, _progress, cancellationToken);
        }

        return [.. measures.Results.Select((result, i) => result with { Definition = kpis[i] })];
    }

    private SilverScan Open(string table, Schema columns, CancellationToken cancellationToken) =>
        SilverScan.Open(_home, _snapshots[table], columns, cancellationToken);

    private Dictionary<string, LookupTable> Lookups(KpiPlan[] plans, CancellationToken cancellationToken)
    {
        var lookups = new Dictionary<string, LookupTable>(StringComparer.Ordinal);
        foreach (KpiJoin join in plans.SelectMany(plan => plan.Definition.Joins).DistinctBy(join => join.Table))
        {
            HashSet<string> columns = [.. plans.SelectMany(plan => plan.JoinedColumns.TryGetValue(join.Table, out var needed) ? needed : [])];
            var schema = new Schema([.. _plans[join.Table].Schema.Columns.Where(column => column.Name == join.Key || columns.Contains(column.Name))]);
            var lookup = new LookupTable(schema, join.Key, columns);
            using SilverScan scan = Open(join.Table, schema, cancellationToken);
            _counts[join.Table] = scan.Count;
            var texts = new TextPool();
            using SilverCursor cursor = scan.OpenCursor(texts, cancellationToken);
            var rows = new RowBatch(schema, texts);
            while (cursor.Read(rows))
            {
                lookup.Add(rows);
                texts.TrimIfLarge();
            }

            lookups[join.Table] = lookup;
        }

        return lookups;
    }

    /// <summary>Where the windows of KPIs end: at the moment that was asked for, else at the newest row.</summary>
    private Dictionary<string, long> Ends(KpiPlan[] plans, SilverScan scan, Schema schema, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (KpiPlan plan in plans.Where(plan => plan.LastColumn is not null))
        {
            ColumnType type = schema.Columns[schema.IndexOf(plan.LastColumn!)].Type;
            long? end = _options.AsOf is { } asOf ? Moments.ToCell(asOf, type) : (long?)scan.Max(plan.LastColumn!, cancellationToken);
            if (end is { } cell)
            {
                ends[plan.Definition.Name] = cell;
                DateTime moment = Moments.FromCell(cell, type);
                AsOf = AsOf is { } known && known > moment ? known : moment;
            }
        }

        return ends;
    }
}
