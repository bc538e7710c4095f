using Assay.App.Pipelines;
using Assay.App.Plans;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Plans;

/// <summary>A small pipeline that keeps layers, in a scratch folder with a home of its own.</summary>
internal sealed class ShopPipeline : IDisposable
{
    public const string Day1 = "id,sold_at,amount\n1,2025-01-02,10.00\n2,2025-01-03,20.00\n3,2025-02-01,oops\n";
    public const string Day2 = "id,sold_at,amount\n2,2025-01-03,25.00\n4,2025-02-10,5.50\n";

    private const string Text =
        """
        pipeline: shop
        title: The shop
        layers: [bronze, silver, gold]
        variables: { sales: "" }
        sources:
          sales: { format: csv, path: "${sales}" }
        tables:
          sales:
            from: sales
            key: [id]
            partition_by: { column: sold_at, grain: month }
            columns:
              id: { type: integer, required: true }
              sold_at: { type: date, formats: [yyyy-MM-dd], required: true }
              amount: { type: "decimal(12,2)", required: true }
        kpis:
          by_month:
            title: Revenue by month
            from: sales
            group_by: { month: year_month(sold_at) }
            measures: { revenue: { value: sum(amount), scale: 2 }, sales: count(*) }
            order_by: [month]
            summary: { total_revenue: sum(revenue) }
          lately:
            title: Revenue of the last week
            from: sales
            last: 7 days of sold_at
            measures: { revenue: { value: sum(amount), scale: 2 } }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-shop-").FullName;

    public ShopPipeline()
    {
        Home = new AssayHome(Path.Combine(_folder, "data"));
        Yaml(Text);
    }

    public AssayHome Home { get; }

    public string File => Path.Combine(_folder, "pipeline.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes the pipeline with a text in it replaced.</summary>
    public void Change(string old, string replacement)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        Yaml(Text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public PipelineDefinition Load(string sales) => PipelineLoader.Load(
        File, new PipelineSettings { Overrides = new Dictionary<string, string> { ["sales"] = sales }, WorkingDirectory = _folder });

    public RunOptions Options() => new() { Home = Home, Threads = 2 };

    public RunOutcome Run(string sales, RunOptions? options = null) =>
        new PipelineRun(Load(sales), options ?? Options(), new RunProgress()).Execute(CancellationToken.None);

    public RunPlan Plan(string sales, RunOptions? options = null) => new RunPlanner(Load(sales), options ?? Options()).Plan(CancellationToken.None);

    private void Yaml(string text) => System.IO.File.WriteAllText(File, text);
}
