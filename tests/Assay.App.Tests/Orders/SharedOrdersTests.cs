using System.Text.Json;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Orders;

/// <summary>The documents of the task, when they lie beside the checkout: their figures, as they were computed elsewhere.</summary>
public sealed class SharedOrdersTests : IDisposable
{
    private static readonly string Shared = Path.Combine(Repository.Root, "..", "shared", "data", "orders");
    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("generated", "generated_customers.csv", "generated_orders.xml", 20, 10)]
    [InlineData("task_DE", "task_DE_new_customers.csv", "task_DE_new_orders.xml", 5, 1)]
    public void Figures_WhenTheTasksFilesAreThere_ThenAreThoseExpected(string name, string customers, string orders, int customerCount, int top)
    {
        if (!Directory.Exists(Shared))
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared, name + ".expect.json")));
        JsonElement expected = document.RootElement;
        _home.Run(Path.Combine(Shared, customers), Path.Combine(Shared, orders));

        JsonElement monthly = _home.Json("monthly_trends");
        Assert.Equal(expected.GetProperty("revenue").GetDecimal(), monthly.GetProperty("total_revenue").GetDecimal());
        Assert.Equal(expected.GetProperty("orders").GetInt32(), monthly.GetProperty("total_orders").GetInt32());
        Assert.Equal(
            Pairs(expected.GetProperty("months"), "revenue"),
            Rows(monthly, "monthly_trends").ToDictionary(row => Text(row, "month"), row => (Number(row, "orders"), Number(row, "revenue"))));
        Assert.Equal(
            Pairs(expected.GetProperty("regions"), "revenue"),
            Rows(_home.Json("regional_revenue"), "regional_revenue").ToDictionary(row => Text(row, "region"), row => (Number(row, "orders"), Number(row, "revenue"))));
        Assert.Equal(
            Pairs(expected.GetProperty("customers"), "spent"),
            Rows(_home.Json("customer_segmentation"), "customer_segmentation")
                .ToDictionary(row => Text(row, "customer_id"), row => (Number(row, "orders"), Number(row, "total_spent"))));

        JsonElement repeat = _home.Json("repeat_customers");
        string[] returning = [.. expected.GetProperty("repeat_customers").EnumerateArray().Select(id => id.GetString()!)];
        Assert.Equal(returning, Rows(repeat, "repeat_customers").Select(row => Text(row, "customer_id")).Order(StringComparer.Ordinal));
        Assert.Equal(returning.Length, repeat.GetProperty("total_repeat_customers").GetInt32());
        Assert.Equal(customerCount, repeat.GetProperty("total_customers").GetInt32());
        Assert.Equal(decimal.Round((decimal)returning.Length / customerCount, 6), repeat.GetProperty("repeat_customer_rate").GetDecimal());
        Assert.Equal(top, Rows(_home.Json("top_customers"), "top_customers").Count());

        JsonElement products = _home.Json("product_analysis");
        Assert.Equal(expected.GetProperty("items").GetInt32(), products.EnumerateArray().Sum(row => row.GetProperty("units").GetInt32()));
        Assert.Equal(expected.GetProperty("lines").GetInt32(), _home.Json("summary").GetProperty("tables").GetProperty("order_lines").GetProperty("accepted").GetInt32());
        Assert.Equal(100, _home.Json("summary").GetProperty("quality").GetProperty("score").GetInt32());
    }

    private static Dictionary<string, (decimal Orders, decimal Amount)> Pairs(JsonElement of, string amount) =>
        of.EnumerateObject().ToDictionary(one => one.Name, one => (Number(one.Value, "orders"), Number(one.Value, amount)));

    private static IEnumerable<JsonElement> Rows(JsonElement document, string kpi) => document.GetProperty(kpi).EnumerateArray();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
