using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Dashboards;

/// <summary>Computes what readers ask to see of a pipeline's results, from the clean rows that its last run left in silver.</summary>
/// <param name="pipeline">The pipeline; it keeps silver.</param>
/// <param name="home">Where its data is.</param>
/// <param name="threads">How many workers.</param>
internal sealed class SilverViews(PipelineDefinition pipeline, AssayHome home, int threads)
{
    private readonly Dictionary<string, CleaningPlan> _plans = pipeline.Tables.ToDictionary(
        table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);

    /// <summary>Whether there are clean rows to ask: none before the first run, or when it kept none.</summary>
    public bool HasRows => pipeline.Kpis.Select(kpi => kpi.From).Distinct(StringComparer.Ordinal).Any(table => SilverSnapshot.Current(home, table).Files.Count > 0);

    /// <summary>Computes panels.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="filters">What narrows them; a panel whose rows lack a filter's column is not narrowed by it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The results, in the panels' order.</returns>
    /// <exception cref="MeasureException">A KPI cannot be computed of these rows.</exception>
    /// <exception cref="StoreException">Silver cannot be read.</exception>
    public IReadOnlyList<KpiResult> Compute(IReadOnlyList<DashboardPanel> panels, IReadOnlyList<ViewFilter> filters, CancellationToken cancellationToken) =>
        Measure([.. panels.Select(panel => View(panel, filters))], cancellationToken);

    /// <summary>Finds out what filters can be set to.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>By filter, in the file's order.</returns>
    /// <exception cref="MeasureException">It cannot be computed.</exception>
    /// <exception cref="StoreException">Silver cannot be read.</exception>
    public IReadOnlyList<FilterChoices> Choices(CancellationToken cancellationToken)
    {
        IReadOnlyList<DashboardFilter> filters = pipeline.Dashboard.Filters;
        IReadOnlyList<KpiResult> results = Measure([.. filters.Select((filter, i) => Question(filter, i))], cancellationToken);
        return [.. filters.Select((filter, i) => Choices(filter, results[i].Table))];
    }

    private IReadOnlyList<KpiResult> Measure(IReadOnlyList<KpiDefinition> kpis, CancellationToken cancellationToken)
    {
        var snapshots = _plans.Keys.ToDictionary(table => table, table => SilverSnapshot.Current(home, table), StringComparer.Ordinal);
        var options = new RunOptions { Home = home, Threads = threads };
        return new SilverMeasure(options, new RunProgress(), _plans, snapshots).Run(kpis, cancellationToken);
    }

    private KpiDefinition View(DashboardPanel panel, IReadOnlyList<ViewFilter> filters)
    {
        KpiDefinition kpi = pipeline.Kpis.First(kpi => kpi.Name == panel.Kpi);
        kpi = panel.By is { } by ? KpiView.Divide(kpi, by) : kpi;
        HashSet<string> columns = [.. kpi.Joins.Select(join => join.Table).Prepend(kpi.From).SelectMany(table => _plans[table].Schema.Columns).Select(column => column.Name)];
        return KpiView.Narrow(kpi, columns, filters) with { Name = panel.Name, Title = panel.Title };
    }

    /// <summary>The KPI whose rows are what a filter can be set to.</summary>
    private KpiDefinition Question(DashboardFilter filter, int place)
    {
        string table = _plans.First(plan => plan.Value.Schema.Columns.Any(column => column.Name == filter.Column)).Key;
        var column = new ColumnExpression(0, filter.Column);
        var question = new KpiDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"choices_{place}"),
            Title = filter.Name,
            From = table,
            Measures = filter.IsPeriod
                ? [new NamedExpression("first", new CallExpression(0, "min", [column])), new NamedExpression("last", new CallExpression(0, "max", [column]))]
                : [new NamedExpression("rows", new CallExpression(0, "count", [], IsStar: true))],
        };
        return filter.IsPeriod ? question : question with
        {
            GroupBy = [new NamedExpression("value", column)],
            OrderBy = [new OrderTerm("rows", Descending: true)],
            Limit = ViewFilter.MostValues,
        };
    }

    private static FilterChoices Choices(DashboardFilter filter, ResultTable answer)
    {
        if (!filter.IsPeriod)
        {
            ColumnType type = answer.Schema.Columns[0].Type;
            return new FilterChoices(filter, [.. answer.Rows.Select(row => row[0] is { } value ? CellText.Of(value, type) : "")], null, null);
        }

        object?[] ends = answer.Rows[0];
        return new FilterChoices(filter, [], Day(ends[0]), Day(ends[1]));
    }

    private static string? Day(object? cell) => cell switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    };
}
