using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A KPI of scored rows: statistics of all rows, and points of each row that may depend on them.</summary>
internal sealed class ScoredPlan : KpiPlan
{
    private readonly ScoreDefinition _score;
    private readonly AggregateSet _aggregates;
    private readonly Expression[] _conditions;
    private readonly Expression?[][] _parts;
    private readonly BoundExpression[] _statistics;
    private readonly List<Expression> _statisticCalls = [];
    private readonly Dictionary<Expression, int> _statisticOf = [];

    public ScoredPlan(KpiDefinition definition, JoinedTable rows)
        : base(definition, rows)
    {
        Schema table = rows.Schema;
        _score = definition.Score ?? throw new ArgumentException("A scored KPI has a score.", nameof(definition));
        if (definition.Limit is null)
        {
            throw new KpiException($"`{definition.Name}` scores rows, so it needs a `limit`: how many it keeps");
        }

        if (definition.Having is not null || definition.Fill is not null || definition.Segments is not null || definition.Summary.Count > 0)
        {
            throw new KpiException($"`{definition.Name}` scores rows, so it has no groups to leave out, fill, divide or sum up");
        }

        _aggregates = new AggregateSet(table, definition.Aggregates);
        var statistics = new List<Expression>();
        _conditions = [.. _score.Rules.Select(rule => TakeOut(rule.When, statistics))];
        _parts = [.. _score.Rules.Select(rule =>
            rule.Reason.Parts.Select(part => part.Value is null ? null : TakeOut(part.Value, statistics)).ToArray())];
        Aggregates = _aggregates.Aggregates;
        StatisticsSchema = new Schema([.. Aggregates.Select((aggregate, i) => new Column(AggregateSet.ColumnName(i), aggregate.ResultType))]);
        _statistics = [.. statistics.Select(statistic => Try(statistic, () => ExpressionBinder.Bind(statistic, StatisticsSchema)))];
        StatisticColumns = [.. _statistics.Select((statistic, i) => new Column(StatisticName(i), statistic.Type))];
        var read = Columns.ToHashSet(StringComparer.Ordinal);
        Read = [.. Enumerable.Range(0, table.Columns.Count).Where(column => column >= rows.Own.Columns.Count || read.Contains(table.Columns[column].Name))];
        Shown = [.. definition.Columns.Select(column => new OutputColumn(
            column.Name, Try(column.Value, () => ExpressionBinder.Bind(column.Value, table)), column.Scale))];
        RejectTwins(definition, Shown.Select(column => column.Name).Append(_score.ScoreColumn).Append(_score.ReasonsColumn));
        Result = new Schema([
            .. Shown.Select(column => column.Column),
            new Column(_score.ScoreColumn, ColumnType.Integer),
            new Column(_score.ReasonsColumn, ColumnType.String),
        ]);
        OrderBy = Order(definition, Result);
        if (OrderBy.Any(term => term.Column > ScoreColumn))
        {
            throw new KpiException($"`{definition.Name}` cannot be ordered by its reasons, `{_score.ReasonsColumn}`");
        }

        CanForesee = statistics.Count > 0 && _conditions.All(condition => Thresholds.HasAtMostOne(condition, IsStatistic))
            && _statistics.All(statistic => statistic.Type.IsNumeric);

        // Binding once with stand-ins tells a wrong type before any row is read.
        BindScoring([.. _statistics.Select(statistic => statistic.Type.Kind == ColumnKind.String
            ? LiteralExpression.String("")
            : new LiteralExpression(0, statistic.Type, 0, null))]);
    }

    public override Schema Result { get; }

    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    /// <summary>What is written of each row before its score.</summary>
    public IReadOnlyList<OutputColumn> Shown { get; }

    public IReadOnlyList<(int Column, bool Descending)> OrderBy { get; }

    public int Limit => Definition.Limit!.Value;

    public Schema StatisticsSchema { get; }

    /// <summary>Where the columns that it reads stand among those of its rows, ascending.</summary>
    public IReadOnlyList<int> Read { get; }

    /// <summary>The rules' conditions, with a stand-in column for each statistic.</summary>
    public IReadOnlyList<Expression> Conditions => _conditions;

    /// <summary>The stand-in columns.</summary>
    public IReadOnlyList<Column> StatisticColumns { get; }

    /// <summary>What they stand for.</summary>
    public IReadOnlyList<Expression> StatisticCalls => _statisticCalls;

    /// <summary>Where the score stands in the result; the reasons stand after it.</summary>
    public int ScoreColumn => Shown.Count;

    /// <summary>
    /// Whether a rule's truth can be told from bounds of the statistics: each rule compares with one of them
    /// at most, so that it changes only once as the statistic grows.
    /// </summary>
    public bool CanForesee { get; }

    internal override bool NeedsSecondPass => _statistics.Length > 0;

    /// <summary>The statistics' values.</summary>
    /// <param name="aggregates">A batch of one row: the aggregates.</param>
    public LiteralExpression[] Statistics(RowBatch aggregates)
    {
        var evaluator = new VectorEvaluator(aggregates.Texts, 1);
        return [.. _statistics.Select(statistic => Literal(statistic.Type, evaluator.Evaluate(statistic, aggregates), aggregates.Texts))];
    }

    /// <summary>Binds rules and reasons with values put in for the statistics.</summary>
    public Scoring BindScoring(LiteralExpression[] statistics)
    {
        var rules = new List<ScoringRule>();
        for (int i = 0; i < _conditions.Length; i++)
        {
            ScoreRule rule = _score.Rules[i];
            BoundExpression when = Condition(PutIn(_conditions[i], statistics), Table, rule.When);
            var parts = new List<BoundReasonPart>();
            for (int part = 0; part < _parts[i].Length; part++)
            {
                ReasonPart declared = rule.Reason.Parts[part];
                BoundExpression? value = _parts[i][part] is { } expression
                    ? Try(declared.Value!, () => ExpressionBinder.Bind(PutIn(expression, statistics), Table))
                    : null;
                parts.Add(new BoundReasonPart(declared, value));
            }

            bool depends = _conditions[i].DescendantsAndSelf().Any(IsStatistic);
            rules.Add(new ScoringRule(when, rule.Points, parts, depends));
        }

        return new Scoring(rules, _score.Minimum);
    }

    private static LiteralExpression Literal(ColumnType type, Vector value, TextPool texts)
    {
        if (value.IsNull(0))
        {
            return LiteralExpression.Null();
        }

        return type.Kind == ColumnKind.String
            ? LiteralExpression.String(texts.GetString((int)value.Values[0]))
            : new LiteralExpression(0, type, value.Get(0), null);
    }

    /// <summary>Replaces each aggregate call by a stand-in column, and notes the statistic that it stands for.</summary>
    private Expression TakeOut(Expression expression, List<Expression> statistics) => Try(expression, () =>
        expression.Rewrite(node =>
        {
            if (node is not CallExpression call || !_aggregates.IsAggregate(call))
            {
                return null;
            }

            if (!_statisticOf.TryGetValue(call, out int index))
            {
                index = statistics.Count;
                _statisticCalls.Add(call);
                statistics.Add(_aggregates.TakeOut(call));
                _statisticOf.Add(call, index);
            }

            return new ColumnExpression(call.Position, StatisticName(index));
        }));

    /// <summary>Puts values in for the stand-in columns; where there is none they stay.</summary>
    public static Expression PutIn(Expression expression, IReadOnlyList<LiteralExpression?> statistics) => expression.Rewrite(node =>
    {
        for (int i = 0; node is ColumnExpression column && i < statistics.Count; i++)
        {
            if (column.Name == StatisticName(i))
            {
                return statistics[i] is { } value ? value with { Position = node.Position } : null;
            }
        }

        return null;
    });

    private static bool IsStatistic(Expression node) =>
        node is ColumnExpression column && column.Name.StartsWith("\u0001statistic", StringComparison.Ordinal);

    private static string StatisticName(int statistic) => $"\u0001statistic {statistic}";
}
