using System.Text.Json;
using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Orders;

/// <summary>A sample small enough to be computed by hand, run once by the program: every figure of it.</summary>
public sealed class SampleTests : IClassFixture<SampleTests.SampleRun>
{
    private readonly SampleRun _run;

    public SampleTests(SampleRun run) => _run = run;

    private OrdersHome Home => _run.Home;

    [Fact]
    public void Books_WhenTotalsRepeatOnLines_ThenEveryRecordIsAccountedForInEachTable()
    {
        JsonElement tables = Home.Json("summary").GetProperty("tables");
        Assert.Equal((6, 5, 1, 0, 0), Books(tables.GetProperty("customers")));
        Assert.Equal((9, 5, 0, 4, 0), Books(tables.GetProperty("orders")));
        Assert.Equal((9, 8, 0, 1, 0), Books(tables.GetProperty("order_lines")));
        Assert.Equal((24, 18, 1, 5, 0), Books(Home.Json("summary").GetProperty("rows")));

        // 1 of 24 rows was set aside, and of the checks' weight of 6 (two errors, two warnings) the relationship's is lost: 1 number of 4 is nobody's.
        Assert.Equal(80, Home.Json("summary").GetProperty("quality").GetProperty("score").GetInt32());
    }

    [Fact]
    public void MonthlyTrends_WhenAMonthHasNoOrders_ThenItIsZeroAndGrowthAfterItIsNull()
    {
        Assert.Equal(
            [
                "2025-08,1000.10,1,1,1000.10,",
                "2025-09,0.00,0,0,,-1.000000",
                "2025-10,3095.15,4,3,773.79,",
            ],
            Home.Rows("monthly_trends"));
        JsonElement months = Home.Json("monthly_trends");
        Assert.Equal(3, months.GetProperty("total_months").GetInt32());
        Assert.Equal(4095.25m, months.GetProperty("total_revenue").GetDecimal());
        Assert.Equal(5, months.GetProperty("total_orders").GetInt32());
        Assert.Equal(-1m, months.GetProperty("avg_monthly_growth").GetDecimal());
    }

    [Fact]
    public void RegionalRevenue_WhenOrdersHaveNoCustomer_ThenTheyAreUnderUnknown()
    {
        Assert.Equal(
            [
                "North,2500.00,1,1,2500.00,0.610463",
                "South,1500.00,2,1,750.00,0.366278",
                "Unknown,95.25,2,1,47.62,0.023259",
            ],
            Home.Rows("regional_revenue"));
        JsonElement regions = Home.Json("regional_revenue");
        Assert.Equal("North", regions.GetProperty("top_region").GetString());
        Assert.Equal(3, regions.GetProperty("total_regions").GetInt32());
        Assert.Equal(4095.25m, regions.GetProperty("total_revenue").GetDecimal());
    }

    [Fact]
    public void RepeatCustomers_WhenOneOfFiveCameBack_ThenTheRateIsAFifth()
    {
        Assert.Equal(["CUST-101,Asha Nair,South,2,1500.00,750.00"], Home.Rows("repeat_customers"));
        JsonElement repeat = Home.Json("repeat_customers");
        Assert.Equal(5, repeat.GetProperty("total_customers").GetInt32());
        Assert.Equal(1, repeat.GetProperty("total_repeat_customers").GetInt32());
        Assert.Equal(0.2m, repeat.GetProperty("repeat_customer_rate").GetDecimal());
        Assert.Equal(2, repeat.GetProperty("total_orders_by_repeat_customers").GetInt32());
        Assert.Equal(1500.00m, repeat.GetProperty("revenue_by_repeat_customers").GetDecimal());
    }

    [Fact]
    public void TopCustomers_WhenLookingBackFromTheNewestOrder_ThenOnlyThirtyDaysCount()
    {
        // The newest order is of 2025-10-21T18:00, so the window is (2025-09-21T18:00, 2025-10-21T18:00].
        Assert.Equal("2025-10-21T18:00:00", Home.Json("summary").GetProperty("as_of").GetString());
        Assert.Equal(
            ["CUST-102,Vikram Das,North,2500.00,1,2500.00,2025-10-15 10:00:00,VIP", "CUST-101,Asha Nair,South,499.90,1,499.90,2025-10-01 00:00:00,Occasional"],
            Home.Rows("top_customers"));
    }

    [Fact]
    public void ProductAnalysis_WhenALineStandsTwice_ThenItsUnitsCountOnce()
    {
        Assert.Equal(
            ["SKU-C,6,3,0.400000", "SKU-B,5,2,0.333333", "SKU-A,4,3,0.266667"],
            Home.Rows("product_analysis"));
    }

    [Fact]
    public void Seasons_WhenComputed_ThenAddUpToAllOrders()
    {
        Assert.Equal(["8,August,1,1000.10", "10,October,4,3095.15"], Home.Rows("seasonal_months"));
        Assert.Equal(["0,1,499.90", "8,1,75.25", "10,1,2500.00", "18,1,20.00", "23,1,1000.10"], Home.Rows("seasonal_hours"));
        Assert.Equal(
            ["1,Monday,1,75.25", "2,Tuesday,1,20.00", "3,Wednesday,2,2999.90", "7,Sunday,1,1000.10"], Home.Rows("seasonal_weekdays"));
    }

    [Fact]
    public void Report_WhenRedirected_ThenIsAsKeptAndHasNoControlCodes()
    {
        Assert.DoesNotContain('\u001b', _run.Result.Text);
        GoldenFile.Check(Path.Combine("cli", "run-orders.txt"), Home.Program.Mask(_run.Result.Text));
        Assert.Equal(
            ["warning: check `relationships_mobile_number` of `orders` does not hold: expected every mobile_number to be in customers.mobile_number, found 1 of 4 rows without one"],
            _run.Result.Errors);
        Assert.Equal(0, _run.Result.ExitCode);
    }

    [Fact]
    public void Layers_WhenTheRunIsOver_ThenEachHoldsWhatItPromises()
    {
        Assert.Equal(
            [
                "customers/data.parquet",
                "order_lines/month=2025-08/data.parquet", "order_lines/month=2025-10/data.parquet",
                "orders/month=2025-08/data.parquet", "orders/month=2025-10/data.parquet",
            ],
            Home.Silver.Keys);
        string raw = Directory.GetFiles(Home.Home.Bronze("orders"), "*.xml", SearchOption.AllDirectories).Single();
        Assert.Equal(File.ReadAllBytes(SampleRun.Orders), File.ReadAllBytes(raw));
        Assert.Equal(["customer_segmentation", "monthly_trends", "product_analysis", "regional_revenue", "repeat_customers", "seasonal_hours",
            "seasonal_months", "seasonal_weekdays", "top_customers"], Home.Gold.Keys.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)).Select(file => file[..^4]));
        Assert.Contains("summary.json", Home.Gold.Keys);
        Assert.Equal(19, Home.Gold.Count);
    }

    private static (int Read, int Accepted, int Quarantined, int Deduplicated, int Filtered) Books(JsonElement books) => (
        books.GetProperty("read").GetInt32(), books.GetProperty("accepted").GetInt32(), books.GetProperty("quarantined").GetInt32(),
        books.GetProperty("deduplicated").GetInt32(), books.GetProperty("filtered").GetInt32());

    /// <summary>The one run that all these tests look at.</summary>
    public sealed class SampleRun : IDisposable
    {
        private static readonly string Samples = Path.Combine(Repository.Root, "tests", "Assay.App.Tests", "Orders", "Samples");

        public SampleRun() => Result = Home.Program.Run("run", "orders", "--set", $"customers={Customers}", "--set", $"orders={Orders}");

        internal static string Customers { get; } = Path.Combine(Samples, "customers.csv");

        internal static string Orders { get; } = Path.Combine(Samples, "orders.xml");

        internal OrdersHome Home { get; } = new();

        internal ProgramResult Result { get; }

        public void Dispose() => Home.Dispose();
    }
}
