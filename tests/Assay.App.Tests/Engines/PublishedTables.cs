using Assay.Data;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Tests.Engines;

/// <summary>What the sales pipeline has published in a database.</summary>
/// <param name="Rows">The rows of its table.</param>
/// <param name="Quantity">The sum of a column of theirs.</param>
/// <param name="Runs">The runs that <c>kpi_summary</c> names.</param>
/// <param name="Results">The results that <c>kpi_summary</c> holds, and the rows of each <c>kpi_</c> table.</param>
internal sealed record PublishedTables(long Rows, Int128 Quantity, string Runs, string Results)
{
    private const string Summary = "kpi_summary";

    /// <summary>Reads it, over a session of its own: staging tables that a killed run left go with that.</summary>
    public static PublishedTables Read(EngineOptions options)
    {
        using var engine = Engine.Create(options);
        using EngineSession session = engine.Open("sales");
        object?[] sales = Query(session, "sales", 0, Count, new SqlAggregate(ColumnType.Decimal(38, 0), SqlAggregateFunction.Sum, Column("sales", "quantity", ColumnType.Integer)))[0];
        List<object?[]> runs = Query(session, Summary, 1, Column(Summary, "run_id", ColumnType.String), Count);
        List<object?[]> kpis = Query(session, Summary, null, Column(Summary, "kpi", ColumnType.String), Column(Summary, "result", ColumnType.String));
        IEnumerable<string> results = kpis.Select(kpi => $"{kpi[0]} {Query(session, $"kpi_{kpi[0]}", 0, Count)[0][0]} {kpi[1]}");
        return new PublishedTables(
            (long)(Int128)sales[0]!, (Int128)(sales[1] ?? Int128.Zero), string.Join(", ", runs.Select(run => run[0])), string.Join("\n", results.Order(StringComparer.Ordinal)));
    }

    private static SqlAggregate Count { get; } = new(ColumnType.Integer, SqlAggregateFunction.Count, null);

    private static SqlColumnReference Column(string table, string name, ColumnType type) => new(table, name, type);

    private static List<object?[]> Query(EngineSession session, string table, int? keys, params SqlExpression[] columns)
    {
        var query = new SelectStatement
        {
            Columns = [.. columns.Select((column, i) => new SelectColumn($"c{i}", column))],
            From = new SqlSource(table),
            GroupKeys = keys,
        };
        var texts = new TextPool();
        var batch = new RowBatch(query.Result, texts);
        var rows = new List<object?[]>();
        using EngineReader reader = session.Query(query, texts);
        while (reader.Read(batch))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                rows.Add([.. batch.Columns.Select(vector => Cell(texts, vector, row))]);
            }
        }

        return rows;
    }

    private static object? Cell(TextPool texts, Vector vector, int row) => vector.IsNull(row) ? null
        : vector.Type.Kind == ColumnKind.String ? texts.GetString((int)vector.Values[row])
        : vector.Get(row);
}
