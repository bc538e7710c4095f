using System.Text.Json;
using Assay.App.Cli;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Orders;

/// <summary>What the pipelines before this one got wrong, by the numbers under which it is known; each test is named after what it keeps from coming back.</summary>
public sealed class OriginalDefectTests : IDisposable
{
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly OrderLine Line = new("ORD-1", "9811111111", "2025-10-01T10:00:00", "100.00");
    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    private string People => _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South"), new Customer("CUST-2", "Vikram Das", "9822222222", "North"));

    /// <summary>K1: an order's total was summed over its lines.</summary>
    [Fact]
    public void Total_WhenRepeatedOnEachLine_ThenCountsOnce()
    {
        Run(
            Line with { Total = "7450", Sku = "SKU-1", Count = "2" },
            Line with { Total = "7450.00", Sku = "SKU-2", Count = "1" },
            Line with { Total = "₹7,450", Sku = "SKU-3", Count = "3" });
        Assert.Equal(["2025-10,7450.00,1,1,7450.00,"], _home.Rows("monthly_trends"));
        Assert.Equal(["SKU-3,3,1,0.500000", "SKU-1,2,1,0.333333", "SKU-2,1,1,0.166667"], _home.Rows("product_analysis"));
        Assert.Empty(_home.Rows("repeat_customers"));
    }

    /// <summary>K1: which of two totals counted was left to chance.</summary>
    [Fact]
    public void Lines_WhenTheyDisagree_ThenAllAreSetAsideWithBothValues()
    {
        Run(
            Line with { Sku = "SKU-1", Total = "100.00" },
            Line with { Sku = "SKU-2", Total = "110.00" },
            Line with { Order = "ORD-2", Total = "40.00" });
        Assert.Equal(["2025-10,40.00,1,1,40.00,"], _home.Rows("monthly_trends"));
        Assert.Equal(
            [(1L, "conflicting", "total_amount", "100.00 <> 110.00"), (2L, "conflicting", "total_amount", "100.00 <> 110.00")],
            _home.Rejects("orders").Select(row => (row.Row, row.Code, row.Column, row.Value)));
        Assert.Equal(["SKU-1,1,1,1.000000"], _home.Rows("product_analysis"));
    }

    /// <summary>K2: the thirty days ended now, at the newest order or nowhere, by turns.</summary>
    [Fact]
    public void Window_WhenLookingBack_ThenIsOpenAtItsStartAndClosedAtAnExplicitEnd()
    {
        OrderLine[] lines =
        [
            Line with { Order = "ORD-1", Date = "2025-10-01T12:00:00", Total = "1.00" },
            Line with { Order = "ORD-2", Date = "2025-10-01T12:00:00.000001", Total = "2.00" },
            Line with { Order = "ORD-3", Date = "2025-10-31T12:00:00", Total = "4.00" },
            Line with { Order = "ORD-4", Date = "2025-10-31T12:00:00.000001", Total = "8.00" },
            Line with { Order = "ORD-5", Date = "2025-11-05T00:00:00", Total = "16.00" },
        ];
        string orders = _home.Orders("orders.xml", lines);
        _home.Run(People, orders, options => options with { AsOf = new DateTime(2025, 10, 31, 12, 0, 0) });
        Assert.Equal(["CUST-1,Asha Nair,South,6.00,2,3.00,2025-10-31 12:00:00,VIP"], _home.Rows("top_customers"));
        Assert.Equal("2025-10-31T12:00:00", _home.Json("summary").GetProperty("as_of").GetString());

        // Without one, the newest order's moment is the end.
        _home.Run();
        Assert.Equal("2025-11-05T00:00:00", _home.Json("summary").GetProperty("as_of").GetString());
        Assert.Equal(28.00m, _home.Json("top_customers").GetProperty("total_spent").GetDecimal());
    }

    /// <summary>K2: local times were compared with the server's, or with UTC.</summary>
    [Fact]
    public void Window_WhenItsEndHasAZone_ThenIsBroughtToThatOfTheOrders()
    {
        DateTime end = LayerOptions.ParseMoment("2025-10-31T06:30:00Z", Kolkata)!.Value;
        Assert.Equal(new DateTime(2025, 10, 31, 12, 0, 0), end);
        Run(options => options with { AsOf = end }, Line with { Date = "2025-10-31T06:30:00+00:00", Total = "4.00" }, Line with { Order = "ORD-2", Date = "2025-10-31T12:00:01", Total = "8.00" });
        Assert.Equal(["CUST-1,Asha Nair,South,4.00,1,4.00,2025-10-31 12:00:00,VIP"], _home.Rows("top_customers"));
    }

    /// <summary>K3: each customer of a number got all of its orders.</summary>
    [Fact]
    public void Revenue_WhenANumberIsInTheListTwice_ThenIsNotMultiplied()
    {
        string people = _home.Customers(
            new Customer("CUST-1", "Asha Nair", "9811111111", "South"),
            new Customer("CUST-2", "Vikram Das", "+91 9811111111", "North"),
            new Customer("CUST-3", "Meera Joshi", "9833333333", "West"));
        _home.Run(people, _home.Orders("orders.xml", Line, Line with { Order = "ORD-2", Mobile = "09811111111", Total = "50.00" }));

        // The later of the two is the number's customer.
        Assert.Equal(["North,150.00,2,1,75.00,1.000000"], _home.Rows("regional_revenue"));
        Assert.Equal(["CUST-2,Vikram Das,North,2,150.00,75.00"], _home.Rows("repeat_customers"));
        Assert.Equal(2, _home.Json("repeat_customers").GetProperty("total_customers").GetInt32());
    }

    /// <summary>K3: an order of nobody emptied the KPI, or vanished.</summary>
    [Fact]
    public void Revenue_WhenOrdersAreNobodys_ThenIsUnderUnknown()
    {
        Run(Line, Line with { Order = "ORD-2", Mobile = "9899999999", Total = "50.00" }, Line with { Order = "ORD-3", Mobile = "", Total = "25.00" });
        Assert.Equal(["South,100.00,1,1,100.00,0.571429", "Unknown,75.00,2,1,37.50,0.428571"], _home.Rows("regional_revenue"));
        Assert.Equal(175.00m, _home.Json("monthly_trends").GetProperty("total_revenue").GetDecimal());
    }

    /// <summary>K4: one row, a byte order mark or another delimiter refused the whole file.</summary>
    [Theory]
    [InlineData("\ufeff", ",")]
    [InlineData("", ";")]
    [InlineData("\ufeff", "\t")]
    [InlineData("", "|")]
    public void Customers_WhenTheFileHasAMarkOrAnotherDelimiter_ThenAreRead(string mark, string delimiter)
    {
        string text = mark + Customer.Csv(new Customer("CUST-1", "Asha Nair", "9811111111", "South"), new Customer("CUST-2", "Vikram Das", "9822222222", "North"))
            .Replace(",", delimiter, StringComparison.Ordinal);
        _home.Run(_home.Write("people.csv", text), _home.Orders("orders.xml", Line));
        Assert.Equal(["South,100.00,1,1,100.00,1.000000"], _home.Rows("regional_revenue"));
        Assert.Equal(2, _home.Json("repeat_customers").GetProperty("total_customers").GetInt32());
    }

    /// <summary>K4: a count of 0.9 became 0, divided, and took the file with it; a short row did the same.</summary>
    [Fact]
    public void File_WhenOneRowOfItIsBad_ThenKeepsTheOthers()
    {
        string people = _home.Write("people.csv", Customer.Csv(
            new Customer("CUST-1", "Asha Nair", "9811111111", "South"), new Customer("CUST-2", "Vikram Das", "9822222222", "North"),
            new Customer("CUST-3", "Meera Joshi", "9833333333", "West"), new Customer("CUST-4", "Sana Rao", "9844444444", "East")) + "CUST-5\n");
        OrderLine[] lines = [.. Enumerable.Range(1, 9).Select(i => Line with { Order = $"ORD-{i}" }), Line with { Order = "ORD-10", Count = "0.9" }];
        _home.Run(people, _home.Write("orders.xml", "\ufeff" + OrderLine.Xml(lines)));
        Assert.Equal(["2025-10,1000.00,10,1,100.00,"], _home.Rows("monthly_trends"));
        Assert.Equal([("sku_count", "0.9")], _home.Rejects("order_lines").Select(row => (row.Column, row.Value)));
        Assert.Single(_home.Rejects("customers"));
        Assert.Equal(4, _home.Json("repeat_customers").GetProperty("total_customers").GetInt32());
    }

    /// <summary>K5: the order's total was divided by one line's count, and lines that cost "too much" were dropped.</summary>
    [Fact]
    public void Lines_WhenTheTotalIsLargeOrSmallForOneOfThem_ThenAreKept()
    {
        Run(
            Line with { Total = "150000.00", Sku = "SKU-1", Count = "1" },
            Line with { Total = "150000.00", Sku = "SKU-2", Count = "9" },
            Line with { Order = "ORD-2", Total = "5.00", Sku = "SKU-3", Count = "10" });
        Assert.Equal(["2025-10,150005.00,2,1,75002.50,"], _home.Rows("monthly_trends"));
        Assert.Equal(["SKU-3,10,1,0.500000", "SKU-2,9,1,0.450000", "SKU-1,1,1,0.050000"], _home.Rows("product_analysis"));
    }

    /// <summary>K6: eleven digits came out, first digits were not looked at, a leading zero was refused, and codes were kept.</summary>
    [Fact]
    public void Mobile_WhenWrittenInAnyWay_ThenIsTenDigitsFromSixToNineOrNone()
    {
        string[] good = ["9811111111", "+91 98111 11111", "+91-98111-11111", "919811111111", "09811111111", "98111-11111", " 981 111 1111 ", "+91 (0) 9811111111"];
        string[] bad = ["5811111111", "915811111111", "05811111111", "981111111", "98111111111", "9198111111111", "0098111111111", "+1 9811111111", "98111x1111", "N/A"];
        _home.Run(
            People,
            _home.Orders("orders.xml", [.. good.Concat(bad).Select((mobile, i) => Line with { Order = $"ORD-{i}", Mobile = mobile, Total = i < good.Length ? "1.00" : "100.00" })]));
        Assert.Equal(
            [$"Unknown,{bad.Length * 100}.00,{bad.Length},0,100.00,0.992063", $"South,{good.Length}.00,{good.Length},1,1.00,0.007937"],
            _home.Rows("regional_revenue"));
    }

    /// <summary>K6: numbers stood in the log as they were given.</summary>
    [Fact]
    public void Log_WhenANumberIsRefused_ThenShowsItMasked()
    {
        string people = _home.Customers([.. Enumerable.Range(0, 9).Select(i => new Customer($"CUST-{i}", "Asha Nair", $"981111111{i}", "South")), new Customer("CUST-9", "Vikram Das", "5822222222", "North")]);
        ProgramResult run = _home.Program.Run("run", "orders", "--set", $"customers={people}", "--set", $"orders={_home.Orders("orders.xml", Line)}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("58******22", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("5822222222", run.Text + run.Error, StringComparison.Ordinal);
    }

    /// <summary>K7: NaN and cut-off documents were published as JSON.</summary>
    [Fact]
    public void Json_WhenThereIsNothingToAverage_ThenIsCompleteAndHasNulls()
    {
        _home.Run(People, _home.Orders("orders.xml", Line with { Total = "0.01" }), options => options with { AsOf = new DateTime(2020, 1, 1) });
        string[] files = [.. _home.Gold.Keys.Where(file => file.EndsWith(".json", StringComparison.Ordinal))];
        Assert.Equal(10, files.Length);
        foreach (string file in files)
        {
            string text = _home.Published(file);
            using JsonDocument document = JsonDocument.Parse(text);
            Assert.DoesNotContain("NaN", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Infinity", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(0, _home.Json("top_customers").GetProperty("top_customers").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, _home.Json("monthly_trends").GetProperty("avg_monthly_growth").ValueKind);
        Assert.Equal(0m, _home.Json("repeat_customers").GetProperty("repeat_customer_rate").GetDecimal());
        Assert.Equal(JsonValueKind.Null, _home.Json("repeat_customers").GetProperty("avg_orders_per_repeat_customer").ValueKind);
    }

    /// <summary>K7: who came first among equals depended on the server.</summary>
    [Fact]
    public void Ranks_WhenSpendingIsEqual_ThenGoByTheCustomer()
    {
        Customer[] people = [.. Enumerable.Range(10, 15).Select(i => new Customer($"CUST-{i}", "Asha Nair", $"98111111{i}", "South"))];
        OrderLine[] lines = [.. people.Select((customer, i) => Line with { Order = $"ORD-{(i * 7) % 15}", Mobile = customer.Mobile })];
        string[] expected = [.. people.Take(10).Select(customer => customer.Id)];
        _home.Run(_home.Customers(people), _home.Orders("orders.xml", lines), options => options with { Threads = 1 });
        Assert.Equal(expected, _home.Rows("top_customers").Select(row => row[..7]));
        SortedDictionary<string, string> gold = _home.Gold;

        Array.Reverse(people);
        Array.Reverse(lines);
        using OrdersHome reversed = new();
        reversed.Run(reversed.Customers(people), reversed.Orders("orders.xml", lines), options => options with { Threads = 4, BlockSize = 64 });
        Assert.Equal(gold, reversed.Gold);
    }

    /// <summary>K7: money was kept in four-byte floats.</summary>
    [Fact]
    public void Money_WhenSummed_ThenIsExact()
    {
        OrderLine[] lines = [.. Enumerable.Range(0, 300).Select(i => Line with { Order = $"ORD-{i}", Total = "0.10" }), Line with { Order = "ORD-300", Total = "16777216.01" }, Line with { Order = "ORD-301", Total = "999999999999.99" }];
        Run(lines);
        Assert.Equal(1_000_016_777_246.00m, _home.Json("monthly_trends").GetProperty("total_revenue").GetDecimal());
        Assert.Equal("2025-10,1000016777246.00,302,1,3311313831.94,", _home.Rows("monthly_trends").Single());
    }

    /// <summary>K7: the months of all years were one.</summary>
    [Fact]
    public void Months_WhenOfDifferentYears_ThenAreNotMergedAndGapsAreMonthsOfZero()
    {
        Run(Line with { Date = "2024-11-30T23:59:59", Total = "200.00" }, Line with { Order = "ORD-2", Date = "2025-11-01T00:00:00", Total = "50.00" });
        string[] months = _home.Rows("monthly_trends");
        Assert.Equal(13, months.Length);
        Assert.Equal(("2024-11,200.00,1,1,200.00,", "2024-12,0.00,0,0,,-1.000000", "2025-01,0.00,0,0,,", "2025-11,50.00,1,1,50.00,"), (months[0], months[1], months[2], months[12]));
        Assert.Equal(["11,November,2,250.00"], _home.Rows("seasonal_months"));
    }

    /// <summary>K7: setting up dropped all tables.</summary>
    [Fact]
    public void Silver_WhenARunFollows_ThenKeepsWhatEarlierOnesBrought()
    {
        Run(Line);
        _home.Run(People, _home.Orders("more.xml", Line with { Order = "ORD-2", Date = "2025-12-01T00:00:00" }));
        _home.Run();
        Assert.Equal(200.00m, _home.Json("monthly_trends").GetProperty("total_revenue").GetDecimal());
    }

    /// <summary>K7: the quality score looked only at rows that had survived, and blank ids passed.</summary>
    [Fact]
    public void Score_WhenRowsAreRejected_ThenFalls()
    {
        OrderLine[] good = [.. Enumerable.Range(0, 8).Select(i => Line with { Order = $"ORD-{i}" })];
        Run(good);
        Assert.Equal(100, Score(_home));
        using OrdersHome dirty = new();
        RunOutcome outcome = dirty.Run(People, dirty.Orders("orders.xml", [.. good, Line with { Order = "  " }, Line with { Order = "ORD-9", Total = "-5" }]));
        Assert.Equal(2, outcome.Tables.Single(table => table.Quality.Table == "orders").Books.Quarantined);
        Assert.Equal(["order_id", "total_amount"], dirty.Rejects("orders").Select(row => row.Column));

        // 2 of 10 records are set aside from the orders and, with them, from their lines: 4 of 22 rows.
        Assert.Equal(82, Score(dirty));
    }

    /// <summary>K7: regions outside of a list of four, which the data did not keep to, were thrown together.</summary>
    [Fact]
    public void Regions_WhenOfTheSixThatThereAre_ThenAreKeptApart()
    {
        string[] regions = ["North", "South", "East", "West", "Central", "Northeast"];
        Customer[] people = [.. regions.Select((region, i) => new Customer($"CUST-{i}", "Asha Nair", $"981111111{i}", region))];
        _home.Run(_home.Customers(people), _home.Orders("orders.xml", [.. people.Select((customer, i) => Line with { Order = $"ORD-{i}", Mobile = customer.Mobile, Total = $"{600 - (i * 100)}" })]));
        Assert.Equal(regions, _home.Rows("regional_revenue").Select(row => row.Split(',')[0]));
        Assert.Equal(6, _home.Json("regional_revenue").GetProperty("total_regions").GetInt32());
    }

    private void Run(params OrderLine[] lines) => Run(options => options, lines);

    private void Run(Func<RunOptions, RunOptions> options, params OrderLine[] lines) =>
        _home.Run(People, _home.Orders("orders.xml", lines), options, LateCorrectionTests.Tolerant);

    private static int Score(OrdersHome home) => home.Json("summary").GetProperty("quality").GetProperty("score").GetInt32();
}
