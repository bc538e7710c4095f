using System.Globalization;
using Assay;
using Assay.Read;
using Assay.Store;

// Run a pipeline, as `assay run orders` does.
AssayRun run = await AssayPipeline.Load("pipelines/orders").RunAsync();

foreach (AssayRow row in run.Kpis["monthly_trends"].Rows)
{
    string month = row.Get<string>("month");
    decimal revenue = row.Get<decimal>("revenue");
    decimal? growth = row.Get<decimal?>("growth_rate");
    Console.WriteLine($"{month} {revenue,12:N2} {growth,8:P1}");
}

Console.WriteLine($"{run.Kpis["monthly_trends"].Totals["total_revenue"]} in all; {run.Books["orders"].Quarantined} records set aside");

// Rules and aggregates of your own, which the pipeline names.
AssayPipeline shop = AssayPipeline.Load("docs/examples/DotNetApi/shop", registry => registry
    .AddRule("sku", Sku, "a code such as SKU-001")
    .AddAggregate("middle", scale: 2, prices => prices.Count == 0 ? null : prices[prices.Count / 2]));

static string? Sku(string text)
{
    string digits = text.ToUpperInvariant().Replace("SKU", "", StringComparison.Ordinal).Trim(' ', '-');
    return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? $"SKU-{number:000}" : null;
}

// Layer by layer.
AssayRun landed = await shop.LandAsync();
AssayRun loaded = await shop.LoadAsync();
AssayRun measured = await shop.MeasureAsync();
Console.WriteLine($"kept {landed.Files.Count} file, loaded {loaded.Books["sales"].Accepted} sales; {loaded.Warnings[0]}");
Print(measured);

// The next day: what is new is loaded, what is known is left out.
var options = new AssayRunOptions { Threads = 2, AsOf = new DateTime(2025, 11, 6) };
using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
Print(await shop.Set("sales", "docs/examples/DotNetApi/shop/*day.csv").RunAsync(options, patience.Token));

static void Print(AssayRun run)
{
    foreach (AssayRow row in run.Kpis["prices"].Rows)
    {
        Console.WriteLine($"{row["sku"]}: {row["sales"]} sales, usually at {row["typical_price"]}");
    }
}

// What can go wrong says what to do about it.
try
{
    await shop.Set("sales", "docs/examples/DotNetApi/shop/sunday.csv").RunAsync();
}
catch (DefinitionException e)
{
    // The pipeline's file is wrong: all of it, each with line and column.
    Console.WriteLine(string.Join('\n', e.Errors));
}
catch (CheckException e)
{
    // The data is not good enough to be published.
    Console.WriteLine(e.Broken[0].Observed);
}
catch (Exception e) when (e is ReadException or StoreException or RunException)
{
    Console.WriteLine(e.Message);
}
