using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>The statements that give groups with their aggregates: one, and one more for each median.</summary>
internal sealed class GroupStatements
{
    private readonly KpiPlan _plan;
    private readonly QueryRows _rows;
    private readonly QueryWindow? _window;
    private readonly QueryNames _names = new();
    private readonly List<SelectColumn> _columns;
    private readonly List<Aggregate> _figures = [];
    private readonly Dictionary<(SqlAggregateFunction Function, Expression? Over, bool IsSquared), Aggregate> _known = [];

    /// <summary>Plans them.</summary>
    /// <param name="plan">The KPI.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="window">Which of them count by time.</param>
    /// <param name="keys">The groups' keys, and their types.</param>
    /// <param name="aggregates">The aggregates, each with the name of the measure that it is, or null.</param>
    /// <exception cref="SqlException">The database cannot say one of them exactly.</exception>
    public GroupStatements(
        KpiPlan plan,
        QueryRows rows,
        QueryWindow? window,
        IReadOnlyList<(NamedExpression Key, ColumnType Type)> keys,
        IReadOnlyList<(BoundAggregate Aggregate, string? Name)> aggregates)
    {
        _plan = plan;
        _rows = rows;
        _window = window;
        _columns = [.. keys.Select(key => new SelectColumn(_names.Take(key.Key.Name), rows.Translate(key.Key.Value)))];
        Keys = [.. _columns];

        // Those that are measures come first, so that they have the measures' names.
        var queried = new QueriedAggregate[aggregates.Count];
        foreach (int i in Enumerable.Range(0, aggregates.Count).OrderBy(i => aggregates[i].Name is null))
        {
            queried[i] = Plan(aggregates[i].Aggregate, aggregates[i].Name);
        }

        if (_columns.Count == 0)
        {
            // Medians alone are asked for by their own statements; a statement has a column, whatever becomes of it.
            _columns.Add(new SelectColumn("row_count", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null)));
        }

        Groups = new QueriedGroups(plan.Definition.Name, [.. keys.Select(key => key.Type)], queried);
    }

    /// <summary>The columns of the keys.</summary>
    public IReadOnlyList<SelectColumn> Keys { get; }

    /// <summary>The groups that come back.</summary>
    public QueriedGroups Groups { get; }

    private List<MedianStep> Medians { get; } = [];

    /// <summary>The statements.</summary>
    /// <param name="title">What the first gives.</param>
    /// <param name="having">Which groups it leaves out; null gives all.</param>
    public IEnumerable<QueryStep> Steps(string title, SqlExpression? having) =>
        [new GroupsStep(_window, title, Select(having), Groups, _figures), .. Medians];

    private Func<bool, SelectStatement> Select(SqlExpression? having) => isPreview => new SelectStatement
    {
        Columns = _columns,
        From = _rows.From,
        Joins = _rows.Joins,
        Where = _rows.Where(isPreview),
        GroupKeys = Keys.Count,
        Having = having,
    };

    private QueriedAggregate Plan(BoundAggregate aggregate, string? name)
    {
        Expression? over = aggregate.Over;
        string of = over is null ? "" : QueryNames.Of(over);
        switch (aggregate.Kind)
        {
            case AggregateKind.CountRows:
                return new QueriedFigure(Figure(SqlAggregateFunction.Count, ColumnType.Integer, null, name ?? "row_count"));
            case AggregateKind.Count:
                return new QueriedFigure(Figure(SqlAggregateFunction.Count, ColumnType.Integer, over, name ?? $"count_{of}"));
            case AggregateKind.CountDistinct:
                return new QueriedFigure(Figure(SqlAggregateFunction.CountDistinct, ColumnType.Integer, over, name ?? $"count_distinct_{of}"));
            case AggregateKind.Sum:
                return new QueriedFigure(Figure(SqlAggregateFunction.Sum, aggregate.ResultType, over, name ?? $"sum_{of}"));
            case AggregateKind.Min:
                return new QueriedFigure(Figure(SqlAggregateFunction.Min, aggregate.ResultType, over, name ?? $"min_{of}"));
            case AggregateKind.Max:
                return new QueriedFigure(Figure(SqlAggregateFunction.Max, aggregate.ResultType, over, name ?? $"max_{of}"));
            case AggregateKind.StandardDeviation:
                return new QueriedDeviation(
                    Figure(SqlAggregateFunction.Count, ColumnType.Integer, over, $"count_{of}"),
                    Figure(SqlAggregateFunction.Sum, Aggregate.ResultType(AggregateKind.Sum, aggregate.ArgumentType), over, $"sum_{of}"),
                    Figure(SqlAggregateFunction.Sum, Square(aggregate.ArgumentType), over, $"sum_squares_{of}", isSquared: true));
            case AggregateKind.Median:
                var median = new MedianStep(_plan.Definition.Name, _rows, _window, Keys, over!, () => Groups);
                Medians.Add(median);
                return new QueriedMedian(median.Lower, median.Upper);
            default:
                throw new SqlException(
                    $"KPI `{_plan.Definition.Name}`: `{aggregate.Custom?.Name}({over})` is computed by this program, and no database knows it: run the KPI in memory");
        }
    }

    /// <summary>A column of the first statement, once however often it is needed.</summary>
    private Aggregate Figure(SqlAggregateFunction function, ColumnType type, Expression? over, string name, bool isSquared = false)
    {
        if (_known.TryGetValue((function, over, isSquared), out Aggregate? known))
        {
            return known;
        }

        SqlExpression? argument = over is null ? null : _rows.Translate(over);
        if (isSquared)
        {
            argument = new SqlCall(type, SqlOperation.Multiply, [argument!, argument!]);
        }

        Aggregate figure = Kept(function, type);
        _columns.Add(new SelectColumn(_names.Take(name), new SqlAggregate(type, function, argument)));
        _figures.Add(figure);
        _known.Add((function, over, isSquared), figure);
        return figure;
    }

    /// <summary>What keeps a figure: each group has one value of it, or none.</summary>
    private static Aggregate Kept(SqlAggregateFunction function, ColumnType type) => (function, type.Kind) switch
    {
        (SqlAggregateFunction.Min or SqlAggregateFunction.Max, ColumnKind.String) => new TextExtremeAggregate(1),
        (SqlAggregateFunction.Min or SqlAggregateFunction.Max, _) => new ExtremeAggregate(1),
        _ => new SumAggregate(),
    };

    private static ColumnType Square(ColumnType type) =>
        type.Scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, 2 * type.Scale);
}
