using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>
/// Asks for the middle values of each group: its values are numbered in their order, and of n values those whose place is
/// n / 2 to n / 2 + 1 are in the middle, one when n is odd and two when it is even. Their least and greatest come back.
/// </summary>
internal sealed class MedianStep : QueryStep
{
    /// <summary>The type of places and sizes: no group has 10^15 values, so they are computed with as they are.</summary>
    private static readonly ColumnType Number = ColumnType.Decimal(15, 0);

    private readonly string _kpi;
    private readonly QueryRows _rows;
    private readonly QueryWindow? _window;
    private readonly IReadOnlyList<SelectColumn> _keys;
    private readonly SqlExpression _value;
    private readonly Func<QueriedGroups> _groups;

    /// <param name="kpi">The KPI's name.</param>
    /// <param name="rows">The KPI's rows.</param>
    /// <param name="window">Which of them count by time.</param>
    /// <param name="keys">The groups' keys.</param>
    /// <param name="over">What the median is of.</param>
    /// <param name="groups">Takes the groups; those that have values are there already.</param>
    /// <exception cref="SqlException">The database cannot say what it is of.</exception>
    public MedianStep(string kpi, QueryRows rows, QueryWindow? window, IReadOnlyList<SelectColumn> keys, Expression over, Func<QueriedGroups> groups)
    {
        _kpi = kpi;
        _rows = rows;
        _window = window;
        _keys = keys;
        _value = rows.Translate(over);
        _groups = groups;
        string title = keys.Count == 0 ? $"the middle of {over}" : $"the middle of {over} in each group";
        Preview = new KpiStatement(title, Select(isPreview: true));
    }

    /// <summary>Keeps the lower middle value.</summary>
    public Aggregate Lower { get; } = new ExtremeAggregate(1);

    /// <summary>Keeps the upper middle value.</summary>
    public Aggregate Upper { get; } = new ExtremeAggregate(1);

    public override KpiStatement Preview { get; }

    public override SelectStatement? Statement() => _window?.IsEmpty == true ? null : Select(isPreview: false);

    public override void Add(RowBatch rows)
    {
        int before = _groups().Count;
        _groups().Add(rows, [Lower, Upper]);
        if (_groups().Count != before)
        {
            throw new MeasureException(_kpi, "its table changed while it was asked: run all statements in one transaction");
        }
    }

    private SelectStatement Select(bool isPreview)
    {
        var names = new QueryNames();
        SelectColumn[] keys = [.. _keys.Select(key => key with { Name = names.Take(key.Name) })];
        var value = new SelectColumn(names.Take("value"), _value);
        var rows = new SelectStatement
        {
            Columns = [.. keys, value],
            From = _rows.From,
            Joins = _rows.Joins,
            Where = _rows.Where(isPreview),
        };

        SelectColumn[] keysAgain = [.. keys.Select(Reference)];
        SelectColumn valueAgain = Reference(value);
        SqlExpression[] partition = [.. keysAgain.Select(key => key.Value)];
        var place = new SelectColumn(names.Take("place"), new SqlRowNumber(partition, [valueAgain.Value]));
        var size = new SelectColumn(names.Take("size"), new SqlGroupCount(partition));
        var numbered = new SelectStatement
        {
            Columns = [.. keysAgain, valueAgain, place, size],
            From = new SqlSource("group_values", rows),
            Where = new SqlCall(ColumnType.Boolean, SqlOperation.IsNotNull, [valueAgain.Value]),
        };

        var all = new SqlColumnReference(null, size.Name, Number);
        SqlExpression twice = Computed(SqlOperation.Multiply, new SqlColumnReference(null, place.Name, Number), SqlValue.Of(2));
        return new SelectStatement
        {
            Columns =
            [
                .. keysAgain,
                new SelectColumn(names.Take("lower"), new SqlAggregate(_value.Type, SqlAggregateFunction.Min, valueAgain.Value)),
                new SelectColumn(names.Take("upper"), new SqlAggregate(_value.Type, SqlAggregateFunction.Max, valueAgain.Value)),
            ],
            From = new SqlSource("numbered_values", numbered),
            Where = new SqlCall(ColumnType.Boolean, SqlOperation.And,
            [
                new SqlCall(ColumnType.Boolean, SqlOperation.GreaterOrEqual, [twice, all]),
                new SqlCall(ColumnType.Boolean, SqlOperation.LessOrEqual, [twice, Computed(SqlOperation.Add, all, SqlValue.Of(2))]),
            ]),
            GroupKeys = keys.Length,
        };
    }

    private static SelectColumn Reference(SelectColumn column) => new(column.Name, new SqlColumnReference(null, column.Name, column.Value.Type));

    private static SqlCall Computed(SqlOperation operation, SqlExpression left, SqlExpression right) =>
        new(ColumnType.Decimal(ColumnType.MaxPrecision, 0), operation, [left, right]);
}
