using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    [EngineFact]
    public void SetUp_WhenRepeated_ThenKeepsTheRows()
    {
        var index = new CreateIndex("orders_day_idx", "orders", [Orders.Columns[1]]);
        using (EngineSession session = Open())
        {
            session.SetUp([Orders], [index]);
            TableStage stage = Staged(session, Orders, Order("a", 1, 150));
            session.InTransaction(() => session.Replace(stage));
        }

        using EngineSession again = Open();
        again.SetUp([Orders], [index]);
        again.SetUp([Orders], [index]);

        Assert.Equal("a|2024-01-01|150", Rows(again, Orders));
        Assert.Equal([new OwnedTable("orders", "shop", false)], EngineSchema.ListTables(again));
    }

    [EngineFact]
    public void SetUp_WhenAColumnIsNew_ThenAddsItEmpty()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 150));
        SqlTable wider = Orders with { Columns = [Orders.Columns[0], new SqlColumn("note", ColumnType.String), .. Orders.Columns.Skip(1)] };

        session.SetUp([wider], []);

        Assert.Equal("a|null|2024-01-01|150", Rows(session, wider));
        TableStage stage = Staged(session, wider, ["b", "fragile", null, (Int128)7]);
        session.InTransaction(() => session.Merge(stage, null));
        Assert.Equal("a|null|2024-01-01|150\nb|fragile|null|7", Rows(session, wider));
    }

    [EngineFact]
    public void SetUp_WhenAColumnIsGone_ThenLeavesIt()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 150));
        SqlTable narrower = Orders with { Columns = [Orders.Columns[0], Orders.Columns[2]] };

        session.SetUp([narrower], []);
        TableStage stage = Staged(session, narrower, ["b", (Int128)7]);
        session.InTransaction(() => session.Merge(stage, null));

        Assert.Equal("a|2024-01-01|150\nb|null|7", Rows(session, Orders));
    }

    [EngineTheory]
    [InlineData("decimal(12,3)", "column `total` of table `orders` is decimal(12,2) there, and decimal(12,3) is asked for")]
    [InlineData("string", "column `total` of table `orders` is decimal(12,2) there, and string is asked for")]
    public void SetUp_WhenAColumnHasAnotherType_ThenRefusesAndChangesNothing(string type, string expected)
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 150));
        Assert.True(ColumnType.TryParse(type, out ColumnType other));
        var fresh = new SqlTable("fresh", [new SqlColumn("a", ColumnType.Integer)]);

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp(
            [fresh, Orders with { Columns = [Orders.Columns[0], new SqlColumn("extra", ColumnType.Date), new SqlColumn("total", other)] }], []));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", e.Message, StringComparison.Ordinal);
        Assert.Equal(["orders"], EngineSchema.ListTables(session).Select(table => table.Name));
        Assert.Equal(["order_id", "day", "total"], session.ColumnsOf("orders", default));
        Assert.Equal("a|2024-01-01|150", Rows(session, Orders));
    }

    [EngineFact]
    public void SetUp_WhenTheKeyIsAnother_ThenRefuses()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders with { Key = ["order_id", "day"] }], []));

        Assert.Contains("the key of table `orders` is `order_id` there, and `order_id`, `day` is asked for", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void SetUp_WhenTheTableIsAnotherOwners_ThenRefusesAndNamesBoth()
    {
        using (EngineSession shop = Open())
        {
            Load(shop, Orders, Order("a", 1, 150));
        }

        using EngineSession airline = Open("airline");

        EngineException e = Assert.Throws<EngineException>(() => airline.SetUp([Orders], []));
        Assert.Contains("table `orders` cannot be used: it belongs to `shop`, not to `airline`", e.Message, StringComparison.Ordinal);
        Assert.Equal("a|2024-01-01|150", Rows(airline, Orders));
    }

    [EngineFact]
    public void SetUp_WhenAssayDidNotMakeTheTable_ThenRefuses()
    {
        using EngineSession session = Open();
        session.Execute(new CreateTable(Orders));

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders], []));

        Assert.Contains("table `orders` cannot be used: there is such a table already, and Assay did not make it", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void SetUp_WhenAnotherProgramHasATableOfRuns_ThenRefuses()
    {
        using EngineSession session = Open();
        session.Execute(new CreateTable(new SqlTable("pipeline_runs", [new SqlColumn("id", ColumnType.Integer)])));

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders], []));

        Assert.Contains("there is a table `pipeline_runs` already, and Assay did not make it", e.Message, StringComparison.Ordinal);
    }

    [EngineTheory]
    [InlineData("kpi_summary")]
    [InlineData("pipeline_runs")]
    [InlineData("assay_tables")]
    [InlineData("orders__staging")]
    public void SetUp_WhenTheNameIsAssaysOwn_ThenRefuses(string name)
    {
        using EngineSession session = Open();

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders with { Name = name }], []));

        Assert.Contains($"table `{name}` cannot be used: this name is kept for Assay's own tables", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void SetUp_WhenAKpiHasTheName_ThenRefuses()
    {
        using EngineSession session = Open();
        EngineGold.Prepare(session, [("orders", new Schema([new Column("revenue", ColumnType.Integer)]))]);

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders with { Name = "kpi_orders" }], []));

        Assert.Contains("it is a KPI's", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Drop_WhenAnotherOwnerHasTables_ThenLeavesTheseAndAssaysOwn()
    {
        using (EngineSession shop = Open())
        {
            shop.SetUp([Orders], []);
        }

        using EngineSession airline = Open("airline");
        airline.SetUp([Orders with { Name = "flights" }], []);

        Assert.Equal(["flights"], EngineSchema.Drop(airline));
        Assert.Equal([new OwnedTable("orders", "shop", false)], EngineSchema.ListTables(airline));
        Assert.Empty(airline.ColumnsOf("flights", default));
    }

    [EngineFact]
    public void Drop_WhenNoOwnerIsLeft_ThenNothingOfAssayIs()
    {
        using EngineSession session = Open();
        session.SetUp([Orders, Lines], []);
        EngineGold.Prepare(session, [("sum", new Schema([new Column("revenue", ColumnType.Integer)]))]);

        Assert.Equal(["kpi_sum", "lines", "orders"], EngineSchema.Drop(session).Order(StringComparer.Ordinal));

        Assert.All(
            ["orders", "lines", "kpi_sum", "assay_tables", "assay_columns", "assay_parts", "assay_migrations", "kpi_summary", "pipeline_runs"],
            name => Assert.Empty(session.ColumnsOf(name, default)));
        Assert.Empty(EngineSchema.Drop(session));
        session.SetUp([Orders], []);
        Assert.Equal("", Rows(session, Orders));
    }

    [EngineFact]
    public void SetUp_WhenANewerAssayWasThere_ThenRefuses()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        session.Execute(new InsertRow("assay_migrations", ["version", "applied_at"], [SqlValue.Of(1000), new SqlValue(ColumnType.Timestamp, 0)]));

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([Orders], []));

        Assert.Contains("a newer Assay made the tables there (their version is 1000", e.Message, StringComparison.Ordinal);
    }
}
