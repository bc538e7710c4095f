using System.Globalization;
using Assay.Data;
using Assay.Measure.Memory;
using Assay.Measure.Plan;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>Asks for the rows whose score reaches the least; scores, counts and orders them again as in memory.</summary>
internal sealed class FlaggedRowsStep : QueryStep
{
    /// <summary>The digits before the point that a statistic is shown to have: few enough to compute with anywhere.</summary>
    private const int ShownDigits = 6;

    private readonly ScoredPlan _plan;
    private readonly QueryRows _rows;
    private readonly QueryWindow? _window;
    private readonly Func<LiteralExpression[]> _statistics;
    private LiteralExpression[]? _values;
    private ScoredState? _state;
    private TextPool? _texts;
    private int _capacity;

    /// <param name="plan">The KPI.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="window">Which of them count by time.</param>
    /// <param name="statistics">Gives the statistics, once the statements before this one were run.</param>
    /// <exception cref="SqlException">The database cannot say a rule.</exception>
    public FlaggedRowsStep(ScoredPlan plan, QueryRows rows, QueryWindow? window, Func<LiteralExpression[]> statistics)
    {
        _plan = plan;
        _rows = rows;
        _window = window;
        _statistics = statistics;

        // Values of the same types instead of the statistics tell what will be refused.
        Score([.. plan.StatisticColumns.Select(column => column.Type.Kind == ColumnKind.String
            ? LiteralExpression.String("")
            : new LiteralExpression(0, column.Type, 1, null))]);
        string title = string.Create(
            CultureInfo.InvariantCulture, $"rows of at least {plan.Definition.Score!.Minimum} points");
        Preview = new KpiStatement(title, Select(isPreview: true, Score(null)));
    }

    public override KpiStatement Preview { get; }

    public override SelectStatement? Statement()
    {
        _values = _statistics();
        return _window?.IsEmpty == true ? null : Select(isPreview: false, Score(_values));
    }

    public override void Add(RowBatch rows)
    {
        int capacity = Math.Max(rows.Columns[0].Capacity, RowBatch.DefaultCapacity);
        if (_state is null || _texts != rows.Texts || _capacity < capacity)
        {
            Start(rows.Texts, capacity);
        }

        var columns = new Vector[_plan.Table.Columns.Count];
        for (int i = 0; i < _plan.Read.Count; i++)
        {
            columns[_plan.Read[i]] = rows.Columns[i];
            columns[_plan.Read[i]].Type = _plan.Table.Columns[_plan.Read[i]].Type;
        }

        Vector? none = null;
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] ??= none ??= Nulls(rows.Count);
        }

        _state!.Add(new RowBatch(_plan.Table, rows.Texts, columns) { Count = rows.Count, RawBytes = rows.RawBytes });
    }

    /// <summary>The result, of all rows that came.</summary>
    public KpiResult Finish()
    {
        if (_state is null)
        {
            Start(new TextPool(), 1);
        }

        return MeasureRun.Result(_plan, _state!);
    }

    /// <summary>A column that the KPI does not read, and that was not asked for.</summary>
    private static Vector Nulls(int count)
    {
        var nulls = new Vector(count) { HasNulls = true };
        Array.Fill(nulls.Nulls, true);
        return nulls;
    }

    /// <summary>Begins a state for batches of a pool and size; what there was before goes over to it.</summary>
    private void Start(TextPool texts, int capacity)
    {
        var inputs = new MeasureInputs
        {
            AsOf = _window?.UpTo is { } upTo ? new Dictionary<string, long> { [_plan.Definition.Name] = upTo } : new Dictionary<string, long>(),
        };
        var state = new ScoredState(_plan, _plan.BindScoring(_values ?? _statistics()), RowWindow.Of(_plan, inputs), texts, capacity);
        if (_state is not null)
        {
            state.Merge(_state);
        }

        (_state, _texts, _capacity) = (state, texts, capacity);
    }

    private SelectStatement Select(bool isPreview, SqlExpression score)
    {
        SelectColumn[] columns = [.. _plan.Read.Select(column => new SelectColumn(_plan.Table.Columns[column].Name, _rows.Column(column)))];
        return new SelectStatement
        {
            // A KPI that reads nothing still wants to know of each row.
            Columns = columns.Length > 0 ? columns : [new SelectColumn("row", SqlValue.Of(1))],
            From = _rows.From,
            Joins = _rows.Joins,
            Where = _rows.Where(isPreview, new SqlCall(
                ColumnType.Boolean, SqlOperation.GreaterOrEqual, [score, SqlValue.Of(_plan.Definition.Score!.Minimum)])),
        };
    }

    /// <summary>The score of a row.</summary>
    /// <param name="statistics">The statistics; null names them instead.</param>
    private SqlExpression Score(LiteralExpression[]? statistics)
    {
        SqlExpression? score = null;
        for (int i = 0; i < _plan.Conditions.Count; i++)
        {
            ScoreRule rule = _plan.Definition.Score!.Rules[i];
            var points = new SqlCase(ColumnType.Integer, [(Condition(i, statistics), SqlValue.Of(rule.Points))], SqlValue.Of(0));
            score = score is null ? points : new SqlCall(ColumnType.Integer, SqlOperation.Add, [score, points]);
        }

        return score ?? SqlValue.Of(0);
    }

    private SqlExpression Condition(int rule, LiteralExpression[]? statistics)
    {
        Expression condition = _plan.Conditions[rule];
        Column[] standIns = [.. _plan.StatisticColumns.Select((column, i) => statistics is null ? column with { Type = ShownType(i) } : column)];
        var schema = new Schema([.. _plan.Table.Columns, .. standIns]);
        if (statistics is not null)
        {
            // Those without a value stay columns, and are nulls of their type.
            condition = ScoredPlan.PutIn(condition, [.. statistics.Select(value => value.Type is null ? null : value)]);
        }

        return _rows.Translate(condition, schema, Column, _plan.Definition.Score!.Rules[rule].When);

        SqlExpression Column(int ordinal)
        {
            int statistic = ordinal - _plan.Table.Columns.Count;
            if (statistic < 0)
            {
                return _rows.Column(ordinal);
            }

            return statistics is null
                ? new SqlPlaceholder(QueryNames.Of(_plan.StatisticCalls[statistic]), standIns[statistic].Type)
                : SqlValue.Null(standIns[statistic].Type);
        }
    }

    /// <summary>The type of a statistic in a statement that is shown, with the digits of what it is taken over: so columns are
    /// compared as they are, as in the statement that runs, whose constants are brought to the columns' digits.</summary>
    private ColumnType ShownType(int statistic)
    {
        ColumnType type = _plan.StatisticColumns[statistic].Type;
        if (!type.IsNumeric || _plan.StatisticCalls[statistic] is not CallExpression { Arguments: [var over] })
        {
            return type;
        }

        int scale = Math.Min(type.Scale, ExpressionBinder.Bind(over, _plan.Table).Type.Scale);
        return ColumnType.Decimal(ShownDigits + scale, scale);
    }
}
