using System.Globalization;
using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>A KPI and all it is computed from.</summary>
/// <param name="Definition">The KPI.</param>
/// <param name="Table">Its table.</param>
/// <param name="Joined">The tables it joins or counts.</param>
/// <param name="AsOf">The end of its window; null for the column's greatest value.</param>
public sealed record KpiCase(KpiDefinition Definition, CaseTable Table, IReadOnlyList<CaseTable> Joined, long? AsOf = null)
{
    /// <summary>All tables.</summary>
    public IEnumerable<CaseTable> Tables => Joined.Append(Table);

    /// <summary>Binds the KPI.</summary>
    /// <exception cref="KpiException">It does not bind.</exception>
    public KpiPlan Plan() => KpiPlan.Create(Definition, Table.Schema, Tables.ToDictionary(table => table.Name, table => table.Schema));

    /// <summary>Computes it in memory.</summary>
    /// <exception cref="MeasureException">It cannot be computed.</exception>
    public KpiResult Compute()
    {
        KpiPlan plan = Plan();
        var run = new MeasureRun([plan], Inputs(plan));
        Pass(run, 1);
        if (run.NeedsSecondPass)
        {
            Pass(run, 2);
        }

        return run.Results[0];
    }

    /// <summary>The case as text, so that a person can see what is wrong and keep it.</summary>
    public string Show()
    {
        KpiDefinition kpi = Definition;
        string Named(IEnumerable<NamedExpression> columns) =>
            string.Join("; ", columns.Select(column => $"{column.Name}{(column.Scale is { } scale ? $"({scale})" : "")}: {column.Value}"));
        string[] lines =
        [
            $"join: {string.Join("; ", kpi.Joins)}",
            $"last: {kpi.Last} as of {AsOf?.ToString(CultureInfo.InvariantCulture) ?? "the greatest"}",
            $"where: {kpi.Where}",
            $"group_by: {Named(kpi.GroupBy)} fill {kpi.Fill}",
            $"measures: {Named(kpi.Measures)}",
            $"having: {kpi.Having}",
            $"derive: {Named(kpi.Derive)}",
            $"segments: {(kpi.Segments is { } segments ? $"of {segments.Of} {string.Join(", ", segments.Levels)} else {segments.Otherwise}" : "")}",
            $"columns: {Named(kpi.Columns)}",
            $"score: {(kpi.Score is { } score ? $"{score.Minimum}: {string.Join("; ", score.Rules.Select(rule => $"{rule.Points} {rule.When}"))}" : "")}",
            $"order_by: {string.Join(", ", kpi.OrderBy)} limit {kpi.Limit}",
            $"summary: {Named(kpi.Summary)}",
        ];
        return string.Join("\n", lines) + "\n" + Table.Show() + string.Concat(Joined.Select(table => table.Show()));
    }

    private MeasureInputs Inputs(KpiPlan plan) => new()
    {
        Lookups = plan.JoinedColumns.ToDictionary(
            join => join.Key, join => Lookup(Tables.First(table => table.Name == join.Key), Definition.Joins.First(one => one.Table == join.Key).Key, join.Value)),
        TableRows = Tables.ToDictionary(table => table.Name, table => (long)table.Rows.Count),
        AsOf = (AsOf ?? Greatest(plan)) is { } end ? new Dictionary<string, long> { [Definition.Name] = end } : [],
    };

    private long? Greatest(KpiPlan plan) =>
        plan.LastColumn is { } column ? Table.Rows.Max(row => (long?)row[Table.Schema.IndexOf(column)]) : null;

    private static LookupTable Lookup(CaseTable table, string key, IReadOnlyList<string> columns)
    {
        var lookup = new LookupTable(table.Schema, key, [.. columns]);
        foreach (RowBatch batch in table.Batches(new TextPool()))
        {
            lookup.Add(batch);
        }

        return lookup;
    }

    private void Pass(MeasureRun run, int pass)
    {
        var texts = new TextPool();
        MeasureWorker worker = run.StartWorker(pass, texts, 64);
        foreach (RowBatch batch in Table.Batches(texts))
        {
            worker.Add(batch);
        }

        run.EndPass([worker]);
    }
}
