using Assay.Data;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>Asks for the end of a KPI's window: the greatest value of its column in all rows.</summary>
internal sealed class AsOfStep : QueryStep
{
    private readonly QueryWindow _window;

    public AsOfStep(QueryWindow window, Column column, string table)
    {
        _window = window;
        var end = new SqlAggregate(column.Type, SqlAggregateFunction.Max, new SqlColumnReference(null, column.Name, column.Type));
        Preview = new KpiStatement($"the last {column.Name}", new SelectStatement
        {
            Columns = [new SelectColumn(new QueryNames().Take($"last_{column.Name}"), end)],
            From = new SqlSource(table),
            GroupKeys = 0,
        });
    }

    public override KpiStatement Preview { get; }

    public override SelectStatement? Statement() => Preview.Statement;

    public override void Add(RowBatch rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            _window.UpTo = rows.Columns[0].IsNull(row) ? _window.UpTo : checked((long)rows.Columns[0].Get(row));
        }
    }

    public override void End() => _window.IsEmpty = _window.UpTo is null;
}
