using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Joins;

public sealed class JoinTests
{
    private static readonly Schema Stores = new(
        [new Column("name", ColumnType.String), new Column("area", ColumnType.String), new Column("price", ColumnType.Integer), new Column("size", ColumnType.Integer)]);

    private static readonly Dictionary<string, Schema> Joined = new() { ["stores"] = Stores };

    private static readonly KpiDefinition ByArea = Engine.Kpi(Engine.Named("n", "count(*)"), Engine.Named("price", "sum(price)")) with
    {
        Joins = [new KpiJoin("stores", "region", "name")],
        GroupBy = [Engine.Named("area", "coalesce(area, 'Unknown')")],
    };

    [Fact]
    public void Results_WhenRowsMatchNothing_ThenAreUnderNullAndNoneIsLostOrDoubled()
    {
        var inputs = new MeasureInputs { Lookups = new Dictionary<string, LookupTable> { ["stores"] = Lookup(Store("a", "coast"), Store("b", null), Store(null, "void")) } };
        Row[] rows = [Sample.Of(1, "a", cents: 100), Sample.Of(2, "b", cents: 20), Sample.Of(3, "c", cents: 3), Sample.Of(4, null, cents: 4), Sample.Of(5, "a", cents: 5)];

        KpiResult result = Engine.Run(ByArea, rows, inputs, 2, new Random(1), joined: Joined);

        Assert.Equal("Unknown | 3 | 0.27\ncoast | 2 | 1.05", Engine.Show(result));
    }

    [Fact]
    public void Plan_WhenItJoins_ThenTellsTheColumnsItReadsAndOnlyThese()
    {
        KpiDefinition kpi = ByArea with
        {
            Where = ExpressionParser.Parse("quantity > 1"),
            Having = ExpressionParser.Parse("n > 1 and max(rate) > 0"),
            Last = new LastWindow(1, LastUnit.Day, "sold"),
        };
        KpiPlan plan = KpiPlan.Create(kpi, Sample.Schema, Joined);

        Assert.Equal(["region", "quantity", "price", "rate", "sold"], plan.Columns);
        Assert.Equal(["area"], plan.JoinedColumns["stores"]);
        Assert.Equal("sold", plan.LastColumn);

        var narrow = new Schema([.. Sample.Schema.Columns.Where(column => plan.Columns.Contains(column.Name))]);
        var narrowStores = new Schema([.. Stores.Columns.Where(column => column.Name is "name" or "area")]);
        Assert.Equal(plan.Result.Columns, KpiPlan.Create(kpi, narrow, new Dictionary<string, Schema> { ["stores"] = narrowStores }).Result.Columns);
    }

    [Theory]
    [InlineData("nowhere", "region", "name", "`k` joins `nowhere`, which is no table")]
    [InlineData("stores", "regin", "name", "`join` of `k` names no column of `t`: `regin`")]
    [InlineData("stores", "region", "nam", "`join` of `k` names no column of `stores`: `nam`")]
    [InlineData("stores", "quantity", "name", "`k` joins `stores` by `quantity`, which is integer; its key `name` is string")]
    [InlineData("stores", "price", "size", "`k` joins `stores` by `price`, which is decimal(12,2); its key `size` is integer")]
    public void Create_WhenAJoinIsWrong_ThenSaysSo(string table, string column, string key, string message) =>
        Assert.Equal(message, Assert.Throws<KpiException>(() => KpiPlan.Create(ByArea with { Joins = [new KpiJoin(table, column, key)] }, Sample.Schema, Joined)).Message);

    [Fact]
    public void Results_WhenAJoinIsLookedUpByAJoinedColumn_ThenGoesOnFromThere()
    {
        var areas = new Schema([new Column("area_name", ColumnType.String), new Column("manager", ColumnType.String)]);
        var joined = new Dictionary<string, Schema> { ["stores"] = Stores, ["areas"] = areas };
        KpiDefinition kpi = ByArea with
        {
            Joins = [new KpiJoin("stores", "region", "name"), new KpiJoin("areas", "area", "area_name")],
            GroupBy = [Engine.Named("manager", "coalesce(manager, 'nobody')")],
        };
        KpiPlan plan = KpiPlan.Create(kpi, Sample.Schema, joined);
        Assert.Equal(["area"], plan.JoinedColumns["stores"]);
        Assert.Equal(["manager"], plan.JoinedColumns["areas"]);
        Assert.Equal(["region", "price"], plan.Columns);
        var inputs = new MeasureInputs
        {
            Lookups = new Dictionary<string, LookupTable>
            {
                ["stores"] = Lookup(Store("a", "coast"), Store("b", null), Store("c", "hills"), Store("d", "coast")),
                ["areas"] = JoinedSample.Lookup(areas, "area_name", ["manager"], [Sample.Of(areas, ["coast", "Ada"]), Sample.Of(areas, ["inland", "Bo"])], new Random(5)),
            },
        };
        Row[] rows = [.. new[] { "a", "b", "c", "d", "e", null }.Select((region, i) => Sample.Of(i, region, cents: 1 << i))];

        KpiResult result = Engine.Run(kpi, rows, inputs, 2, new Random(1), joined: joined);

        Assert.Equal("Ada | 2 | 0.09\nnobody | 4 | 0.54", Engine.Show(result));
    }

    [Fact]
    public void Create_WhenAJoinIsLookedUpByAColumnOfALaterOne_ThenSaysSo()
    {
        KpiDefinition kpi = ByArea with { Joins = [new KpiJoin("stores", "band", "name"), new KpiJoin("sizes", "quantity", "pieces")] };

        Assert.Equal("`join` of `k` names no column of `t`: `band`", Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema, JoinedSample.Joined)).Message);
    }

    [Fact]
    public void Create_WhenAJoinedColumnIsMistyped_ThenTheErrorNamesTheNearest()
    {
        KpiDefinition kpi = ByArea with { GroupBy = [Engine.Named("area", "arae")] };

        Assert.Equal("did you mean `area`?", Assert.Throws<KpiException>(() => KpiPlan.Create(kpi, Sample.Schema, Joined)).Hint);
    }

    [Fact]
    public void Lookup_WhenAKeyIsThereTwice_ThenIsRefusedInOnePartOrTwo()
    {
        Assert.Throws<InvalidOperationException>(() => Lookup(Store("a", "x"), Store("a", "x")));
        LookupTable part = Lookup(Store("b", "x"), Store("a", "x"));
        Assert.Throws<InvalidOperationException>(() => Lookup(Store("a", "x")).Merge(part));
    }

    [Fact]
    public void Lookup_WhenCellsNeedMoreThan64Bits_ThenAreKeptWhole()
    {
        var schema = new Schema([new Column("id", ColumnType.Integer), new Column("big", ColumnType.Decimal(38, 0))]);
        var joined = new Dictionary<string, Schema> { ["bigs"] = schema };
        var batch = new RowBatch(schema, new TextPool(), 4) { Count = 3 };
        Int128 wide = Decimals.PowerOfTen(30);
        for (int row = 0; row < 3; row++)
        {
            batch.Columns[0].Values[row] = row;
            batch.Columns[1].Wide[row] = row == 0 ? 7 : wide + row;
        }

        batch.Columns[1].IsWide = true;
        var lookup = new LookupTable(schema, "id", ["big"]);
        lookup.Add(batch);
        KpiDefinition kpi = Engine.Kpi(Engine.Named("sum", "sum(big)")) with { Joins = [new KpiJoin("bigs", "quantity", "id")] };

        // The sample has a column of that name, which would come first.
        var own = new Schema([.. Sample.Schema.Columns.Where(column => column.Name != "big")]);
        Row[] rows = [.. new long?[] { 0, 1, 2, 2, null, 5 }.Select((quantity, i) => Sample.Of(i, quantity: quantity))];
        KpiResult result = Engine.Run(kpi, rows, new MeasureInputs { Lookups = new Dictionary<string, LookupTable> { ["bigs"] = lookup } }, 2, new Random(3), own, joined);

        Assert.Equal(Decimals.Format((3 * wide) + 5 + 7, 0), Engine.Show(result));
    }

    [Fact]
    public void Run_WhenATableIsNotGiven_ThenSaysSo()
    {
        var run = new MeasureRun([KpiPlan.Create(ByArea, Sample.Schema, Joined)]);
        Assert.Equal("KPI `k`: the joined table `stores` was not given", Assert.Throws<MeasureException>(() => run.StartWorker(1, new TextPool())).Message);

        var other = new MeasureInputs { Lookups = new Dictionary<string, LookupTable> { ["stores"] = new(Stores, "name", ["size"]) } };
        run = new MeasureRun([KpiPlan.Create(ByArea, Sample.Schema, Joined)], other);
        Assert.Equal(
            "KPI `k`: the joined table `stores` was given with another key or without some of its columns",
            Assert.Throws<MeasureException>(() => run.StartWorker(1, new TextPool())).Message);
    }

    private static Row Store(string? name, string? area) => Sample.Of(Stores, [name, area, Number.Of(1000), Number.Of(1)]);

    private static LookupTable Lookup(params Row[] rows) => JoinedSample.Lookup(Stores, "name", ["area"], rows, new Random(2));
}
