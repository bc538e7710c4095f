namespace Assay.App.Tests.Orders;

/// <summary>A first run without files invents some; they never mix with real ones.</summary>
public sealed class GeneratedSampleTests : IDisposable
{
    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Run_WhenRealFilesComeAfterTheSample_ThenTheSampleGivesWay()
    {
        _home.Run();
        Assert.True(_home.Rows("monthly_trends").Length > 1);
        string customers = _home.Write("real.csv", "customer_id,customer_name,mobile_number,region\nCUST-1,Asha Rao,9876543210,North\n");
        string orders = _home.Write(
            "real.xml",
            "<orders><order><order_id>ORD-1</order_id><mobile_number>9876543210</mobile_number><order_date_time>2025-10-01T10:00:00</order_date_time>"
            + "<sku_id>SKU-1</sku_id><sku_count>2</sku_count><total_amount>50.25</total_amount></order></orders>");

        Assert.Throws<RunException>(() => _home.Run(orders: orders));
        _home.Run(customers, orders);

        Assert.Equal(["2025-10,50.25,1,1,50.25,"], _home.Rows("monthly_trends"));
        Assert.Contains(_home.Warnings, warning => warning.Contains("give way", StringComparison.Ordinal));
        using var direct = new OrdersHome();
        direct.Run(direct.Write("real.csv", File.ReadAllText(customers)), direct.Write("real.xml", File.ReadAllText(orders)));
        Assert.Equal(direct.Gold, _home.Gold);
        Assert.Equal(direct.Silver, _home.Silver);
    }
}
