using Assay.Data;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>Asks how many rows a table has that a KPI's summary counts.</summary>
internal sealed class TableRowsStep(string name, string table, Dictionary<string, long> counts) : QueryStep
{
    public override KpiStatement Preview { get; } = new($"the rows of {name}", new SelectStatement
    {
        Columns = [new SelectColumn("row_count", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null))],
        From = new SqlSource(table),
        GroupKeys = 0,
    });

    public override SelectStatement? Statement() => Preview.Statement;

    public override void Add(RowBatch rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            counts[name] = checked((long)rows.Columns[0].Get(row));
        }
    }
}
