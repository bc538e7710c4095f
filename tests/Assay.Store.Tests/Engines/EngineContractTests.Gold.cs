using System.Text;
using Assay.Data;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    private protected static readonly DateTimeOffset At = new(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

    private protected static ResultTable Revenue { get; } = new(
        "revenue", "Revenue",
        new Schema([new Column("region", ColumnType.String), new Column("position", ColumnType.Integer), new Column("revenue", ColumnType.Decimal(38, 2)), new Column("share", ColumnType.Decimal(38, 6))]),
        [["North", (Int128)9, (Int128)12_345, (Int128)500_000], ["East", (Int128)8, (Int128)(-1), null], [null, null, (Int128)0, (Int128)0]]);

    [EngineFact]
    public void Publish_WhenDone_ThenTheTableAndTheSummaryHaveTheResult()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue);

        Assert.Equal(
            "1|North|9|12345|500000\n2|East|8|-1|null\n3|null|null|0|0",
            Rows(session, EngineGold.TableOf("revenue", Revenue.Schema)));
        object?[] summary = Assert.Single(EngineRows.All(session, OwnTables.Summary));
        Assert.Equal(["shop", "revenue", "run-1", new DateTime(2024, 5, 6, 5, 8, 9), "{\"as_of\":null}", (Int128)3], summary[..6]);
        using var json = new MemoryStream();
        JsonTable.Write(Revenue, json);
        Assert.Equal(Encoding.UTF8.GetString(json.ToArray()), summary[6]);
    }

    [EngineFact]
    public void Publish_WhenThereAreTotals_ThenTheSummaryHasThem()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue with { Totals = [new ResultTotal("rows", ColumnType.Integer, (Int128)3)] });

        Assert.EndsWith("\"rows\": 3\n}\n", (string)EngineRows.All(session, OwnTables.Summary)[0][6]!, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Publish_WhenThereAreManyRows_ThenAllOfThemAreThere()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Many(2500));

        List<object?[]> rows = EngineRows.All(session, EngineGold.TableOf("revenue", Revenue.Schema));
        Assert.Equal(Enumerable.Range(1, 2500).Select(row => (object?)(Int128)row), rows.Select(row => row[0]).Order());
        Assert.All(rows, row => Assert.Equal([RegionOf((int)(Int128)row[0]!), (Int128)7, row[0], null], row[1..]));
    }

    [EngineFact]
    public void Publish_WhenThereAreNoMoreThanAThousandRows_ThenTheSummaryHasThem()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Many(1000));

        string result = (string)EngineRows.All(session, OwnTables.Summary)[0][6]!;
        using var json = new MemoryStream();
        JsonTable.Write(Many(1000), json);
        Assert.Equal(Encoding.UTF8.GetString(json.ToArray()), result);
    }

    [EngineFact]
    public void Publish_WhenThereAreMoreThanAThousandRows_ThenTheSummarySaysWhereTheyAre()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Many(1001) with { Totals = [new ResultTotal("row_count", ColumnType.Integer, (Int128)5)] });

        object?[] summary = EngineRows.All(session, OwnTables.Summary)[0];
        Assert.Equal((Int128)1001, summary[5]);
        Assert.Equal("{\n  \"rows_in\": \"kpi_revenue\",\n  \"row_count_\": 1001,\n  \"row_count\": 5\n}\n", summary[6]);
    }

    [EngineFact]
    public void Publish_WhenRepeated_ThenReplaces()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue);
        Publish(session, "run-2", Revenue with { Rows = [["South", (Int128)1, (Int128)5, (Int128)6]] });

        Assert.Equal("1|South|1|5|6", Rows(session, EngineGold.TableOf("revenue", Revenue.Schema)));
        Assert.Equal(["run-2"], EngineRows.All(session, OwnTables.Summary).Select(row => row[2]));
    }

    [EngineFact]
    public void Publish_WhenColumnsChange_ThenTheTableHasTheNewOnes()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue);
        ResultTable other = Revenue with
        {
            Schema = new Schema([new Column("region", ColumnType.String), new Column("revenue", ColumnType.Decimal(38, 3)), new Column("day", ColumnType.Date), new Column("at", ColumnType.Timestamp), new Column("best", ColumnType.Boolean)]),
            Rows = [["North", (Int128)123_450, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 1, 2, 3), true]],
        };

        Publish(session, "run-2", other);

        Assert.Equal(["position", "region", "revenue", "day", "at", "best"], session.ColumnsOf("kpi_revenue", default));
        Assert.Equal("1|North|123450|2024-02-29|2024-02-29 01:02:03|True", Rows(session, EngineGold.TableOf("revenue", other.Schema)));
        Publish(session, "run-3", other);
        Assert.Equal("1|North|123450|2024-02-29|2024-02-29 01:02:03|True", Rows(session, EngineGold.TableOf("revenue", other.Schema)));
    }

    [EngineFact]
    public void Publish_WhenAKpiIsGone_ThenSoAreItsResults()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue, Revenue with { Name = "old" });
        Publish(session, "run-2", Revenue);

        Assert.Equal(["revenue"], EngineRows.All(session, OwnTables.Summary).Select(row => row[1]));
        bool isThere = session.ColumnsOf("kpi_old", default).Count > 0;
        Assert.Equal(!session.HasTransactionalTables, isThere);
        if (isThere)
        {
            Assert.Equal(0, Count(session, "kpi_old"));
        }
    }

    [EngineFact]
    public void Publish_WhenNotCommitted_ThenTheLastResultsStay()
    {
        using (EngineSession session = Open())
        {
            Publish(session, "run-1", Revenue);
            ResultTable other = Revenue with { Rows = [] };
            EngineGold.Prepare(session, [(other.Name, other.Schema)]);
            session.Begin();
            EngineGold.Publish(session, "shop", "run-2", At, "{}", [other]);
        }

        using EngineSession next = Open();
        Assert.Equal(3, Count(next, "kpi_revenue"));
        Assert.Equal(["run-1"], EngineRows.All(next, OwnTables.Summary).Select(row => row[2]));
    }

    [EngineFact]
    public void Publish_WhenColumnsChangeAndItIsNotCommitted_ThenTheLastResultsStay()
    {
        using (EngineSession session = Open())
        {
            Publish(session, "run-1", Revenue);
            ResultTable other = Changed;
            EngineGold.Prepare(session, [(other.Name, other.Schema)]);
            session.Begin();
            EngineGold.Publish(session, "shop", "run-2", At, "{}", [other]);
            session.Rollback();
            Assert.Equal(3, Count(session, "kpi_revenue"));
        }

        using EngineSession next = Open();
        Assert.Equal(EngineGold.TableOf("revenue", Revenue.Schema).Columns.Select(column => column.Name), next.ColumnsOf("kpi_revenue", default));
        Assert.Equal(3, Count(next, "kpi_revenue"));
        Assert.Empty(next.ColumnsOf("kpi_revenue__staging", default));
    }

    [EngineFact]
    public void Publish_WhenColumnsChange_ThenNoTableIsLeftBesideIt()
    {
        using EngineSession session = Open();
        Publish(session, "run-1", Revenue);
        Publish(session, "run-2", Changed);

        Assert.Equal("1|North|5", Rows(session, EngineGold.TableOf("revenue", Changed.Schema)));
        Assert.Empty(session.ColumnsOf("kpi_revenue__staging", default));
        Assert.Empty(session.ColumnsOf("assay_old__staging", default));
        Assert.Empty(EngineParts.Read(session, "kpi_revenue"));
    }

    [EngineFact]
    public void Prepare_WhenAnotherPipelineHasTheKpi_ThenRefuses()
    {
        using (EngineSession shop = Open())
        {
            Publish(shop, "run-1", Revenue);
        }

        using EngineSession airline = Open("airline");

        EngineException e = Assert.Throws<EngineException>(() => EngineGold.Prepare(airline, [("revenue", Revenue.Schema)]));
        Assert.Contains("table `kpi_revenue` cannot be used: it belongs to `shop`, not to `airline`", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Publish_WhenTwoPipelinesDo_ThenEachKeepsItsOwn()
    {
        using (EngineSession shop = Open())
        {
            Publish(shop, "run-1", Revenue);
        }

        using EngineSession airline = Open("airline");
        Publish(airline, "run-2", Revenue with { Name = "seats" });

        Assert.Equal(["airline/seats", "shop/revenue"], EngineRows.All(airline, OwnTables.Summary).Select(row => $"{row[0]}/{row[1]}"));
        Assert.Equal(["kpi_seats"], EngineSchema.Drop(airline));
        Assert.Equal(["shop/revenue"], EngineRows.All(airline, OwnTables.Summary).Select(row => $"{row[0]}/{row[1]}"));
    }

    [EngineFact]
    public void Parts_WhenWritten_ThenAreReadBackAndReplaced()
    {
        using EngineSession session = Open();
        session.SetUp([Orders, Lines], []);
        Dictionary<string, string> first = new() { ["day=2024-01-01"] = "aa", ["day=2024-01-02"] = "bb", ["day=null"] = "cc" };
        EngineParts.Write(session, "orders", first);
        EngineParts.Write(session, "lines", new Dictionary<string, string> { ["all"] = "dd" });
        Assert.Equal(first, EngineParts.Read(session, "orders"));
        Dictionary<string, string> second = new() { ["day=2024-01-02"] = "b2", ["day=null"] = "cc", ["day=2024-01-03"] = "ee" };

        EngineParts.Write(session, "orders", second);

        Assert.Equal(second, EngineParts.Read(session, "orders"));
        Assert.Equal("dd", Assert.Single(EngineParts.Read(session, "lines")).Value);
        Assert.Empty(EngineParts.Read(session, "nothing"));
    }

    [EngineFact]
    public void Publish_WhenANumberNeeds128Bits_ThenIsKeptOrRefused()
    {
        using EngineSession session = Open();
        Int128 most = Decimals.PowerOfTen(38) - 1;
        ResultTable large = Revenue with { Rows = [["North", (Int128)1, most, (Int128)2], ["East", (Int128)1, -most, (Int128)2]] };
        if (MostDigits == 38)
        {
            Publish(session, "run-1", large);
            Assert.Equal($"1|North|1|{most}|2\n2|East|1|-{most}|2", Rows(session, EngineGold.TableOf("revenue", large.Schema)));
            return;
        }

        EngineException e = Assert.Throws<EngineException>(() => Publish(session, "run-1", large));
        Assert.Contains("row 1 of KPI `revenue` cannot be kept", e.Message, StringComparison.Ordinal);
        Assert.Contains("64 bits", e.Message, StringComparison.Ordinal);
        Assert.Empty(EngineRows.All(session, OwnTables.Summary));
    }

    [EngineFact]
    public void Publish_WhenAWholeNumberNeedsMoreThan64Bits_ThenTheKpiTheRowAndTheColumnAreNamed()
    {
        using EngineSession session = Open();
        ResultTable large = Revenue with { Rows = [["North", (Int128)1, (Int128)2, null], ["East", (Int128)long.MaxValue + 1, (Int128)2, null]] };

        EngineException e = Assert.Throws<EngineException>(() => Publish(session, "run-1", large));

        Assert.Contains("row 2 of KPI `revenue` cannot be kept: `position` is 9223372036854775808, and whole numbers have at most 64 bits", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The KPI with other columns.</summary>
    private protected static ResultTable Changed => Revenue with
    {
        Schema = new Schema([new Column("region", ColumnType.String), new Column("count", ColumnType.Integer)]),
        Rows = [["North", (Int128)5]],
    };

    /// <summary>A result with texts that are null now and then, and longer than a statement's rows together may be.</summary>
    private static ResultTable Many(int rows) => Revenue with
    {
        Rows = [.. Enumerable.Range(1, rows).Select(row => new object?[] { RegionOf(row), (Int128)7, (Int128)row, null })],
    };

    private static string? RegionOf(int row) => row % 3 == 0 ? null : row % 1000 == 1 ? new string('ä', 400_000) : $"region \\ ' {row % 10}";

    private protected static void Publish(EngineSession session, string run, params IReadOnlyList<ResultTable> results)
    {
        EngineGold.Prepare(session, [.. results.Select(result => (result.Name, result.Schema))]);
        session.InTransaction(() => EngineGold.Publish(session, session.Owner, run, At, "{\"as_of\":null}", results));
    }
}
