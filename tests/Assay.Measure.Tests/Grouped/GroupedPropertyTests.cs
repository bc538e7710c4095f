using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>Random KPIs over random rows against a slow, obvious way to compute them.</summary>
public sealed class GroupedPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Results_WhenRowsAreSharedOutInAnyWay_ThenAreTheSlowWays(int seed)
    {
        int overflows = 0;
        for (int round = 0; round < 150; round++)
        {
            var random = new Random((seed * 100_000) + round);
            List<Row> rows = Sample.Rows(random, random.Next(4) == 0 ? random.Next(5) : random.Next(250));
            ReferenceKpi[] kpis = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new ReferenceKpi(random))];
            Schema[] results = [.. kpis.Select(kpi => KpiPlan.Create(kpi.Definition, Sample.Schema).Result)];
            string[]? expected = null;
            try
            {
                expected = [.. kpis.Select((kpi, i) => Values.Show(results[i], kpi.Compute(rows, results[i])))];
            }
            catch (OverflowException)
            {
                overflows++;
            }

            for (int workers = 1; workers <= 4; workers++)
            {
                if (expected is null)
                {
                    Assert.Throws<MeasureException>(() => Engine.Run([.. kpis.Select(kpi => kpi.Definition)], rows, workers, random));
                    continue;
                }

                IReadOnlyList<KpiResult> actual = Engine.Run([.. kpis.Select(kpi => kpi.Definition)], rows, workers, random);
                for (int i = 0; i < kpis.Length; i++)
                {
                    if (expected[i] != Engine.Show(actual[i]))
                    {
                        Assert.Fail($"round {round}, {workers} workers, {rows.Count} rows: {Describe(kpis[i].Definition)}\nexpected\n{expected[i]}\nactual\n{Engine.Show(actual[i])}");
                    }
                }
            }
        }

        Assert.InRange(overflows, 0, 15);
    }

    private static string Describe(KpiDefinition kpi) => string.Join("; ", kpi.GroupBy.Concat(kpi.Measures).Concat(kpi.Derive)
        .Select(column => $"{column.Name}({column.Scale}): {column.Value}"))
        + $" where {kpi.Where} order {string.Join(", ", kpi.OrderBy)} limit {kpi.Limit}";
}
