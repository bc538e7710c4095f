using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests;

/// <summary>Runs KPIs over rows, shared out over workers and batches.</summary>
internal static class Engine
{
    public static NamedExpression Named(string name, string value, int? scale = null) => new(name, ExpressionParser.Parse(value), scale);

    public static KpiDefinition Kpi(params NamedExpression[] measures) => new() { Name = "k", Title = "K", From = "t", Measures = measures };

    /// <summary>One worker takes all rows in batches of one size; a second pass is run when it is needed.</summary>
    public static KpiResult Run(KpiDefinition kpi, IReadOnlyList<Row> rows, int batchSize = 2048)
    {
        var run = new MeasureRun([KpiPlan.Create(kpi, Sample.Schema)]);
        Pass(run, 1, rows, 1, batchSize, new Random(0), random: false);
        if (run.NeedsSecondPass)
        {
            Pass(run, 2, rows, 1, batchSize, new Random(0), random: false);
        }

        return run.Results[0];
    }

    /// <summary>One KPI whose rows go in batches of random sizes to random workers.</summary>
    public static KpiResult Run(
        KpiDefinition kpi, IReadOnlyList<Row> rows, MeasureInputs inputs, int workers, Random random, Schema? schema = null, Dictionary<string, Schema>? joined = null)
    {
        var run = new MeasureRun([KpiPlan.Create(kpi, schema ?? Sample.Schema, joined)], inputs);
        Pass(run, 1, rows, workers, 50, random, random: true, schema);
        if (run.NeedsSecondPass)
        {
            Pass(run, 2, rows, workers, 50, random, random: true, schema);
        }

        return run.Results[0];
    }

    /// <summary>Rows go in batches of random sizes to random workers.</summary>
    public static IReadOnlyList<KpiResult> Run(IReadOnlyList<KpiDefinition> kpis, IReadOnlyList<Row> rows, int workers, Random random)
    {
        var run = new MeasureRun([.. kpis.Select(kpi => KpiPlan.Create(kpi, Sample.Schema))]);
        Pass(run, 1, rows, workers, 50, random, random: true);
        if (run.NeedsSecondPass)
        {
            Pass(run, 2, rows, workers, 50, random, random: true);
        }

        return run.Results;
    }

    public static void Pass(MeasureRun run, int pass, IReadOnlyList<Row> rows, int workers, int batchSize, Random data, bool random, Schema? schema = null)
    {
        TextPool[] texts = [.. Enumerable.Range(0, workers).Select(_ => new TextPool(random && data.Next(2) == 0 ? 8 : TextPool.DefaultLimit))];
        RowBatch[] batches = [.. texts.Select(pool => new RowBatch(schema ?? Sample.Schema, pool, batchSize))];
        MeasureWorker[] states = [.. texts.Select(pool => run.StartWorker(pass, pool, batchSize))];
        for (int from = 0; from < rows.Count;)
        {
            int count = Math.Min(rows.Count - from, random ? data.Next(1, batchSize + 1) : batchSize);
            int worker = data.Next(workers);
            Sample.Fill(batches[worker], [.. rows.Skip(from).Take(count)], data);
            states[worker].Add(batches[worker]);
            from += count;
        }

        run.EndPass(states);
    }

    /// <summary>The one total of a KPI of scored rows.</summary>
    public static long Flagged(this KpiResult result)
    {
        ResultTotal total = Assert.Single(result.Totals);
        Assert.Equal("flagged", total.Name);
        Assert.Empty(result.Table.Totals);
        return (long)(Int128)total.Value!;
    }

    /// <summary>The totals as text, those of an object in braces.</summary>
    public static string ShowTotals(IEnumerable<ResultTotal> totals) => string.Join(", ", totals.Select(total => total.Members is null
        ? $"{total.Name} {Values.Show(new Schema([new Column(total.Name, total.Type)]), [[total.Value]])}"
        : $"{total.Name} {{{ShowTotals(total.Members)}}}"));

    public static string Show(KpiResult result) => Values.Show(result.Table.Schema, result.Table.Rows);
}
