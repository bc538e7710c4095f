using Assay.Data;
using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>The cases themselves: that they mean something, that a seed is a case, and that failing ones get small.</summary>
public sealed class RandomCasesTests
{
    [Fact]
    public void Make_WhenSeedsAreMany_ThenNearlyAllComputeInMemoryAndEveryPartOfAKpiOccurs()
    {
        KpiCase[] cases = [.. Enumerable.Range(0, 400).Select(RandomCases.Make)];
        int computed = cases.Count(one =>
        {
            try
            {
                return one.Compute().Table.Rows.Count >= 0;
            }
            catch (Exception e) when (e is MeasureException or KpiException)
            {
                return false;
            }
        });

        Assert.InRange(computed, 360, 400);
        Func<KpiDefinition, bool>[] parts =
        [
            kpi => kpi.Joins.Count == 2, kpi => kpi.Last is not null, kpi => kpi.Where is not null, kpi => kpi.GroupBy.Count > 1, kpi => kpi.Fill is not null,
            kpi => kpi.Having is not null, kpi => kpi.Derive.Count > 0, kpi => kpi.Segments is not null, kpi => kpi.Summary.Count > 0, kpi => kpi.Score is not null,
            kpi => kpi.Limit is not null, kpi => kpi.Measures.Any(measure => measure.Value.ToString().Contains("median", StringComparison.Ordinal)),
            kpi => kpi.Measures.Any(measure => measure.Value.ToString().Contains("stddev", StringComparison.Ordinal)),
        ];
        Assert.All(parts, part => Assert.InRange(cases.Count(one => part(one.Definition)), 8, 400));
    }

    [Fact]
    public void Make_WhenTheSeedIsTheSame_ThenSoIsTheCase()
    {
        Assert.Equal(RandomCases.Make(17).Show(), RandomCases.Make(17).Show());
        Assert.NotEqual(RandomCases.Make(17).Show(), RandomCases.Make(18).Show());
    }

    [Fact]
    public void Shrink_WhenOneCellMakesItFail_ThenThatCellIsLeft()
    {
        KpiCase failing = Enumerable.Range(0, 1000).Select(RandomCases.Make)
            .First(one => one.Table.Rows.Count > 20 && one.Definition.Measures.Count > 2 && one.Table.Rows.Any(row => row.Contains("ß")));

        KpiCase small = CaseShrinker.Shrink(failing, one => one.Table.Rows.Any(row => row.Contains("ß")));

        Assert.Equal("ß", Assert.Single(Assert.Single(small.Table.Rows)));
        Assert.Empty(small.Definition.Measures);
        Assert.Empty(small.Definition.GroupBy);
        Assert.Empty(small.Joined);
    }

    [Fact]
    public void Show_WhenATableHasEveryKind_ThenCellsAreReadable()
    {
        var table = new CaseTable(
            "t",
            new Schema([new Column("a", ColumnType.String), new Column("b", ColumnType.Decimal(5, 2)), new Column("c", ColumnType.Date), new Column("d", ColumnType.Timestamp), new Column("e", ColumnType.Boolean)]),
            [["x", -5L, 19_782L, 1L, 1L], [null, 0L, 0L, 0L, 0L]]);

        Assert.Equal(
            """
            t(a string, b decimal(5,2), c date, d timestamp, e boolean)
              'x' | -0.05 | 2024-02-29 | 1970-01-01 00:00:00.000001 | true
              null | 0.00 | 1970-01-01 | 1970-01-01 00:00:00.000000 | false

            """,
            table.Show());
    }
}
