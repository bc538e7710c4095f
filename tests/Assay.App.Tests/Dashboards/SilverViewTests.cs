using Assay.App.Dashboards;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Tests.Dashboards;

/// <summary>What readers see of results when they narrow and divide them.</summary>
public sealed class SilverViewTests : IDisposable
{
    private const string Yaml =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        variables: { file: "" }
        sources:
          sales: { format: csv, path: "${file}" }
        tables:
          sales:
            from: sales
            columns:
              sold_at: { type: timestamp, formats: ["yyyy-MM-dd HH:mm"], required: true }
              region: { type: string }
              amount: { type: "decimal(12,2)", required: true }
              pieces: { type: integer, required: true }
        kpis:
          regions:
            title: Revenue by region
            from: sales
            group_by: [region]
            measures: { revenue: { value: sum(amount), scale: 2 }, sales: count(*) }
            order_by: [-revenue]
            limit: 2
          best:
            title: Best sales
            from: sales
            where: pieces > 0
            columns: [region, amount]
            score:
              column: points
              reasons: why
              minimum: 1
              rules: [{ when: amount > avg(amount), points: 1, reason: much }]
            limit: 5
        dashboard:
          filters: { period: sold_at, region: region, pieces: pieces, amount: amount }
          panels:
            - regions
            - { kpi: regions, by: { month: year_month(sold_at) }, value: sales }
            - best

        """;

    private const string Sales =
        """
        sold_at,region,amount,pieces
        2025-01-05 10:00,North,10.00,1
        2025-01-31 23:59,South,20.00,2
        2025-02-01 00:00,South,5.00,1
        2025-02-10 12:00,West,2.50,3
        2025-02-11 12:00,,1.25,1

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-views-").FullName;
    private readonly PipelineDefinition _pipeline;
    private readonly SilverViews _views;

    public SilverViewTests()
    {
        string file = Path.Combine(_folder, "sales.csv");
        File.WriteAllText(file, Sales);
        var home = new AssayHome(Path.Combine(_folder, "data"));
        _pipeline = Parse(Yaml, file);
        new PipelineRun(_pipeline, new RunOptions { Home = home, Threads = 2 }, new RunProgress()).Execute(CancellationToken.None);
        _views = new SilverViews(_pipeline, home, 2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Panels_WhenTheFileNamesThem_ThenAreThoseInOrder()
    {
        Assert.Equal(["regions", "regions_by_month", "best"], _pipeline.Dashboard.Panels.Select(panel => panel.Name));
        Assert.Equal(["table", "heat_map", "table"], _pipeline.Dashboard.Panels.Select(panel => panel.Chart));
        Assert.True(_views.HasRows);
    }

    [Fact]
    public void Compute_WhenNothingNarrows_ThenIsWhatTheRunPublished() =>
        Assert.Equal(["South|2500|2", "North|1000|1"], Rows("regions"));

    [Theory]
    [InlineData("period=2025-01-01..2025-01-31", "South|2000|1", "North|1000|1")]
    [InlineData("period=2025-02-01..", "South|500|1", "West|250|1")]
    [InlineData("period=..2025-01-30", "North|1000|1")]
    [InlineData("region=West", "West|250|1")]
    [InlineData("region=West&region=North", "North|1000|1", "West|250|1")]
    [InlineData("region=", "|125|1")]
    [InlineData("region=&region=West", "West|250|1", "|125|1")]
    [InlineData("pieces=1&period=2025-02-01..", "South|500|1", "|125|1")]
    [InlineData("amount=2.5", "West|250|1")]
    [InlineData("region=O'Neill; DROP TABLE x--")]
    public void Compute_WhenFiltersAreSet_ThenIsOfThoseRowsAlone(string query, params string[] rows) =>
        Assert.Equal(rows, Rows("regions", query));

    [Fact]
    public void Compute_WhenDividedByMonth_ThenHasEveryGroupOfEveryMonth() => Assert.Equal(
        ["North|2025-01|1000|1", "South|2025-01|2000|1", "South|2025-02|500|1", "West|2025-02|250|1", "|2025-02|125|1"],
        Rows("regions_by_month"));

    [Fact]
    public void Compute_WhenRowsAreScored_ThenScoresAreOfTheNarrowedRows() =>
        Assert.Equal(["South|500|1|much"], Rows("best", "period=2025-02-01.."));

    [Fact]
    public void Choices_WhenAsked_ThenAreWhatTheRowsHold()
    {
        IReadOnlyList<FilterChoices> choices = _views.Choices(CancellationToken.None);
        Assert.Equal(("2025-01-05", "2025-02-11"), (choices[0].First, choices[0].Last));
        Assert.Equal(["South", "North", "West", ""], choices[1].Values);
        Assert.Equal(["1", "2", "3"], choices[2].Values);
    }

    [Theory]
    [InlineData("period=yesterday", "filter `period` takes a period such as 2024-01-01..2024-03-31, not `yesterday`")]
    [InlineData("period=2025-02-30..", "filter `period` takes a period such as 2024-01-01..2024-03-31, not `2025-02-30`")]
    [InlineData("pieces=many", "filter `pieces` takes a value of type integer, not `many`")]
    public void Filter_WhenItsValueIsWrong_ThenSaysWhatItTakes(string query, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Rows("regions", query)).Message);

    [Theory]
    [InlineData("- regions\n", "- region\n", "unknown KPI `region`")]
    [InlineData("by: { month: year_month(sold_at) }", "by: { month: year_month(region) }", "year_month")]
    [InlineData("by: { month: year_month(sold_at) }", "by: { region: region }", "region")]
    [InlineData("kpi: regions, by: { month: year_month(sold_at) }, value: sales", "kpi: best, by: { month: year_month(sold_at) }", "`best` cannot be divided: its rows are scored")]
    [InlineData("period: sold_at", "period: soldat", "unknown column `soldat`, did you mean `sold_at`?")]
    [InlineData("value: sales", "value: amount", "unknown measure of `regions` `amount`")]
    [InlineData("- best", "- regions", "there are two panels `regions`")]
    [InlineData("dashboard:\n", "dashboard:\n  currency: rupees\n", "`currency` cannot be `rupees`; write a code such as `EUR`")]
    public void Dashboard_WhenWrong_ThenSaysWhat(string right, string wrong, string message)
    {
        Assert.Contains(right, Yaml, StringComparison.Ordinal);
        DefinitionException failure = Assert.Throws<DefinitionException>(() => Parse(Yaml.Replace(right, wrong, StringComparison.Ordinal), "x.csv"));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Errors);
    }

    private static PipelineDefinition Parse(string yaml, string file) => PipelineLoader.Parse(
        yaml, "shop.yaml", new PipelineSettings { Overrides = new Dictionary<string, string> { ["file"] = file } });

    private IEnumerable<string> Rows(string panel, string query = "")
    {
        ViewFilter[] filters =
        [
            .. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('=', 2))
                .GroupBy(part => part[0], part => part[1])
                .Select(chosen => ViewFilter.Parse(_pipeline.Dashboard.Filters.Single(filter => filter.Name == chosen.Key), [.. chosen])),
        ];
        KpiResult result = _views.Compute([_pipeline.Dashboard.Panels.Single(one => one.Name == panel)], filters, CancellationToken.None)[0];
        return result.Table.Rows.Select(row => string.Join('|', row));
    }
}
