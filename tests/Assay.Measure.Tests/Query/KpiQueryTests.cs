using Assay.Data;
using Assay.Measure.Tests.Cases;
using Assay.Sql;
using static Assay.Measure.Tests.Query.ShopCases;

namespace Assay.Measure.Tests.Query;

/// <summary>KPIs asked of a database: what comes of it, and what is asked.</summary>
public sealed class KpiQueryTests
{
    private static readonly KpiDefinition Plain = new() { Name = "kpi", Title = "KPI", From = "orders" };

    public static TheoryData<string> Names => [.. ShopCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_WhenAKpiHasTheShapeOfAPipelines_ThenAreThoseOfMemoryOnEveryDatabase(string name)
    {
        CheckSame(ShopCases.All[name]);
    }

    [Fact]
    public void Results_WhenATableIsEmpty_ThenSumsAreZeroAndOthersNull()
    {
        KpiCase one = Of(Plain with
        {
            Measures =
            [
                Named("a", "sum(total_amount)"), Named("b", "count(total_amount)"), Named("c", "avg(total_amount)"), Named("d", "min(mobile_number)"),
                Named("e", "max(order_date_time)"), Named("f", "median(total_amount)"), Named("g", "stddev(total_amount)"), Named("h", "count(distinct order_id)"),
            ],
        });
        one = one with { Table = one.Table with { Rows = [] } };

        Assert.EndsWith("0.00 | 0 | null | null | null | null | null | 0\n\n", CheckSame(one), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhenGroupsHaveNoValues_ThenSumsAreZeroAndOthersNull()
    {
        KpiCase one = Of(Plain with
        {
            GroupBy = [Named("who", "mobile_number")],
            Measures = [Named("a", "sum(total_amount)"), Named("b", "median(total_amount)"), Named("c", "stddev(total_amount)"), Named("d", "count(*)"), Named("e", "min(total_amount)")],
        });
        one = one with { Table = one.Table with { Rows = [["1", "x", 0L, null], ["2", "x", 0L, null], ["3", "y", 0L, 500L], ["4", null, 0L, 100L], ["5", null, 0L, 300L]] } };

        Assert.EndsWith(
            """
            'x' | 0.00 | null | null | 2 | null
            'y' | 5.00 | 5.00000000 | null | 1 | 5.00
            null | 4.00 | 2.00000000 | 1.414214 | 2 | 1.00


            """,
            CheckSame(one),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhenTheWindowsColumnHasNoValue_ThenNoGroupIsAskedFor()
    {
        KpiCase one = Of(Plain with
        {
            Last = new LastWindow(1, LastUnit.Month, "order_date_time"),
            Measures = [Named("orders", "count(*)"), Named("middle", "median(total_amount)")],
            Summary = [Named("customers", "count(customers)")],
        });
        one = one with { Table = one.Table with { Rows = [["1", "x", null, 100L]] } };

        Assert.EndsWith("0 | null\ncustomers integer 4\ncustomers integer 4", CheckSame(one), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, LastUnit.Month, "2024-02-29 23:59:59.999999", "2024-01-29 23:59:59.999999")]
    [InlineData(2, LastUnit.Week, "2024-03-14 00:00:00.000000", "2024-02-29 00:00:00.000000")]
    [InlineData(30_000, LastUnit.Month, "2024-03-14 00:00:00.000000", null)]
    public void Next_WhenTheWindowsEndIsKnown_ThenOnlyItsRowsAreAskedFor(int count, LastUnit unit, string end, string? after)
    {
        KpiCase one = Of(Plain with { Last = new LastWindow(count, unit, "order_date_time"), Measures = [Named("orders", "count(*)")] });
        KpiQuery query = KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb, AsOf = Microseconds(end) });

        Assert.Equal(Microseconds(end), query.AsOf);
        IEnumerable<Int128> bounds = Dialects.DuckDb.Render(query.Next!).Parameters.Select(parameter => parameter.Units);
        Assert.Equal(after is null ? [Microseconds(end)] : [Microseconds(after), Microseconds(end)], bounds);
    }

    [Fact]
    public void Results_WhenATableJoinsItself_ThenItsOwnColumnsAreToldApart()
    {
        var schema = new Schema([new Column("id", ColumnType.String), new Column("boss", ColumnType.String), new Column("pay", ColumnType.Integer)]);
        var staff = new CaseTable("staff", schema, [["a", null, 10L], ["b", "a", 5L], ["c", "a", 7L], ["d", "c", 1L]], "id");
        KpiDefinition kpi = Plain with
        {
            From = "staff",
            Joins = [new KpiJoin("staff", "boss", "id")],
            GroupBy = [Named("boss", "boss")],
            Measures = [Named("pay", "sum(pay)")],
        };
        KpiCase one = new(kpi, staff, []);

        Assert.EndsWith("'a' | 12\n'c' | 1\nnull | 10\n\n", CheckSame(one), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_WhenHavingCountsOnlyInPart_ThenTheRestIsDoneHere()
    {
        KpiCase one = Of(Plain with
        {
            GroupBy = [Named("who", "mobile_number")],
            Measures = [Named("orders", "count(*)"), Named("spent", "sum(total_amount)")],
            Having = Parse("orders > 1 and spent < 1000 and count(distinct order_id) < 9"),
        });
        KpiQuery query = KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb });

        Assert.Contains("HAVING count(*) > 1 AND count(DISTINCT \"orders\".\"order_id\") < 9", Dialects.DuckDb.Script(query.Next!), StringComparison.Ordinal);
        Assert.EndsWith("'1' | 2 | 300.75\n\n", CheckSame(one), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fill")]
    [InlineData("median")]
    [InlineData("sum")]
    public void Next_WhenHavingWouldChangeMoreThanTheGroups_ThenItIsNotAskedFor(string what)
    {
        KpiDefinition kpi = Plain with
        {
            GroupBy = [Named("month", "year_month(order_date_time)")],
            Measures = [Named("orders", "count(*)"), Named("m", what == "median" ? "median(total_amount)" : "sum(total_amount)")],
            Fill = what == "fill" ? FillUnit.Month : null,
            Having = Parse(what == "sum" ? "m > 1" : "orders > 1"),
        };
        KpiCase one = Of(kpi);

        Assert.Null(KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb }).Next!.Having);
        CheckSame(one);
    }

    [Fact]
    public void Next_WhenColumnsHaveTheNamesOfAggregates_ThenEachNameIsThereOnce()
    {
        KpiCase one = Of(Plain with
        {
            GroupBy = [Named("sum_total_amount", "mobile_number"), Named("SUM_TOTAL_AMOUNT", "order_id")],
            Measures = [Named("a", "sum(total_amount) / count(*)"), Named("row_count", "max(total_amount)"), Named(new string('n', 80) + "😀", "min(total_amount)")],
        });

        Assert.Equal(
            ["sum_total_amount", "SUM_TOTAL_AMOUNT_2", "row_count", new string('n', 60), "sum_total_amount_3", "row_count_2"],
            KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb }).Next!.Columns.Select(column => column.Name));
        CheckSame(one);
    }

    [Fact]
    public void Results_WhenRowsLookTheSame_ThenAColumnThatIsNotReadDoesNotDecide()
    {
        var schema = new Schema([new Column("note", ColumnType.String), new Column("a", ColumnType.Integer), new Column("b", ColumnType.Integer)]);
        var table = new CaseTable("t", schema, [["z", 1L, 1L], ["y", 1L, 2L], ["x", 1L, 3L]]);
        KpiDefinition kpi = Plain with
        {
            From = "t",
            Columns = [Named("a", "a")],
            Limit = 2,
            Score = new ScoreDefinition
            {
                ScoreColumn = "points",
                ReasonsColumn = "why",
                Minimum = 1,
                Total = "flagged",
                Rules = [new ScoreRule(Parse("b > 0"), 1, new ReasonTemplate([new ReasonPart("", Parse("b"))]))],
            },
        };

        Assert.EndsWith("1 | 1 | '1'\n1 | 1 | '2'\nflagged integer 3\n", CheckSame(new KpiCase(kpi, table, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenAnAggregateIsTheProgramsOwn_ThenSaysThatNoDatabaseKnowsIt()
    {
        KpiDefinition kpi = Plain with
        {
            Measures = [Named("a", "twice(total_amount)")],
            Aggregates = new AggregateCatalog().Register("twice", type => type, _ => throw new InvalidOperationException()),
        };

        SqlException refused = Assert.Throws<SqlException>(() => KpiQuery.Create(Of(kpi).Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb }));
        Assert.Equal("KPI `kpi`: `twice(total_amount)` is computed by this program, and no database knows it: run the KPI in memory", refused.Message);
    }

    [Theory]
    [InlineData("group", "upper(order_id)")]
    [InlineData("where", "upper(order_id) = 'A'")]
    [InlineData("measure", "total_amount / 3")]
    public void Create_WhenNoDatabaseSaysAnExpressionExactly_ThenNamesKpiAndExpression(string where, string expression)
    {
        KpiDefinition kpi = Plain with { Name = "my_kpi", Measures = [Named("a", where == "measure" ? $"sum({expression})" : "count(*)")] };
        kpi = where switch
        {
            "group" => kpi with { GroupBy = [Named("k", expression)] },
            "where" => kpi with { Where = Parse(expression) },
            _ => kpi,
        };

        SqlException refused = Assert.Throws<SqlException>(() => KpiQuery.Create(Of(kpi).Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb }));
        Assert.StartsWith($"KPI `my_kpi`: `{expression}` cannot be asked of DuckDB: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenATablesNameCannotBeSaid_ThenNamesKpiAndStatement()
    {
        KpiDefinition kpi = Plain with { Measures = [Named("a", "count(*)")], Summary = [Named("customers", "count(customers)")] };
        var options = new KpiQueryOptions { Dialect = MySqlDialect.MariaDb, TableName = name => name == "customers" ? "customers 😀" : name };

        SqlException refused = Assert.Throws<SqlException>(() => KpiQuery.Create(Of(kpi).Plan(), options));
        Assert.StartsWith("KPI `kpi`: MariaDB cannot be asked for the rows of customers: MariaDB cannot name something", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_WhenAStatementIsLeft_ThenThrows()
    {
        KpiQuery query = KpiQuery.Create(ShopCases.All["anomaly_records"].Plan(), new KpiQueryOptions { Dialect = Dialects.DuckDb });

        Assert.Equal(["statistics of all rows", "rows of at least 2 points"], query.Preview.Select(statement => statement.Title));
        Assert.Throws<InvalidOperationException>(() => query.Result);
    }

    private static long Microseconds(string moment) =>
        (DateTime.Parse(moment, System.Globalization.CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10;

    private static string CheckSame(KpiCase one)
    {
        using var duckDb = new DuckDbCases(Dialects.DuckDb);
        using var sqlite = new SqliteCases(Dialects.Sqlite);
        string text = "";
        foreach (CaseDatabase database in new[] { duckDb.Database, sqlite.Database })
        {
            CaseOutcome outcome = database.Run(one);
            Assert.True(outcome.Kind == CaseOutcomeKind.Same, $"{database.Dialect.Title} {outcome.Kind} {outcome.Text}");
            text = outcome.Text;
        }

        return text;
    }
}
