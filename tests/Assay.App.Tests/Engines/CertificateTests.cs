using System.Text;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.Orders;
using Assay.App.Verify;
using Assay.Data;
using Assay.Measure;

namespace Assay.App.Tests.Engines;

/// <summary>What a certificate says when engines agree, and when they do not; kept as text in Golden/verify.</summary>
public sealed class CertificateTests
{
    private const string Shop = """
        pipeline: shop
        title: The shop | its sales
        sources:
          shop: { format: csv, path: shop.csv }
        tables:
          shop: { from: shop, columns: { id: { type: string }, price: { type: "decimal(9,2)" } } }
        kpis:
          prices: { title: Prices, from: shop, group_by: [id], measures: { price: sum(price) } }
          ids: { title: Ids, from: shop, measures: { ids: count(*) } }
        """;

    private static readonly Schema Prices = new([new Column("id", ColumnType.String), new Column("price", ColumnType.Decimal(38, 2))]);

    private static readonly ResultTotal[] Totals =
        [new("total", ColumnType.Decimal(38, 2), (Int128)4000), new("levels", [new ResultTotal("high", ColumnType.Integer, (Int128)1)])];

    private static readonly KpiResult First = Result(Prices, Totals, ["a", (Int128)1250], ["b|\n", null], ["c", (Int128)2750]);

    [Fact]
    public void Certificate_WhenEnginesAgree_ThenSaysSo()
    {
        Certificate certificate = Make(First, Same());

        Assert.True(certificate.Agrees);
        Assert.Equal(8 + 1, certificate.Values);
        Check("agrees", certificate);
    }

    [Fact]
    public void Certificate_WhenACellDiffers_ThenNamesIt()
    {
        KpiResult found = Result(Prices, Totals, ["a", (Int128)1251], ["b|\n", Int128.Zero], ["c", (Int128)2750]);

        Certificate certificate = Make(First, found);

        Assert.Equal(
            [new("prices", "sqlite", "row 1, price", "12.50", "12.51"), new("prices", "sqlite", "row 2, price", "null", "0.00")], Differences(certificate));
        Check("differs", certificate);
    }

    [Fact]
    public void Certificate_WhenARowIsMissing_ThenNamesIt()
    {
        KpiResult found = Result(Prices, Totals, ["a", (Int128)1250], ["b|\n", null]);

        Assert.Equal(
            [
                new("prices", "sqlite", "number of rows", "3", "2"),
                new("prices", "sqlite", "row 3, id", "'c'", "(no such row)"),
                new("prices", "sqlite", "row 3, price", "27.50", "(no such row)"),
            ],
            Differences(Make(First, found)));
    }

    [Fact]
    public void Certificate_WhenThereIsARowTooMany_ThenNamesIt()
    {
        KpiResult found = Result(Prices, Totals, ["a", (Int128)1250], ["b|\n", null], ["c", (Int128)2750], [null, null]);

        Assert.Equal(
            [
                new("prices", "sqlite", "number of rows", "3", "4"),
                new("prices", "sqlite", "row 4, id", "(no such row)", "null"),
                new("prices", "sqlite", "row 4, price", "(no such row)", "null"),
            ],
            Differences(Make(First, found)));
    }

    [Fact]
    public void Certificate_WhenTotalsDiffer_ThenNamesThem()
    {
        KpiResult found = First with
        {
            Totals = [new("total", ColumnType.Decimal(38, 2), (Int128)4001), new("levels", [new ResultTotal("low", ColumnType.Integer, (Int128)1)])],
        };

        Assert.Equal(
            [
                new("prices", "sqlite", "total", "40.00", "40.01"),
                new("prices", "sqlite", "levels.high", "1", "(none)"),
                new("prices", "sqlite", "levels.low", "(none)", "1"),
            ],
            Differences(Make(First, found)));
    }

    /// <summary>A score's number of flagged rows stands in the summary only: it is no part of the table that is hashed.</summary>
    [Fact]
    public void Certificate_WhenAFigureBesideTheTableDiffers_ThenNamesIt()
    {
        KpiResult Flagged(int flagged) => First with { Table = First.Table with { Totals = [] }, Totals = [new("flagged", ColumnType.Integer, (Int128)flagged)] };

        Certificate certificate = Make(Flagged(2), Flagged(3));

        Assert.Equal([new("prices", "sqlite", "flagged", "2", "3")], Differences(certificate));
        Assert.Equal("1 of 2 KPIs differ between the engines.", CertificateMarkdown.Verdict(certificate));
    }

    [Fact]
    public void Certificate_WhenAColumnsTypeDiffers_ThenNamesIt()
    {
        var wider = new Schema([Prices.Columns[0], new Column("price", ColumnType.Decimal(38, 3))]);
        KpiResult found = Result(wider, Totals, ["a", (Int128)12500], ["b|\n", null], ["c", (Int128)27500]);

        CellDifference difference = Assert.Single(Differences(Make(First, found)));

        Assert.Equal("columns", difference.Place);
        Assert.NotEqual(difference.Expected, difference.Found);
    }

    [Fact]
    public void Certificate_WhenManyCellsDiffer_ThenNamesTheFirst()
    {
        KpiResult found = Result(Prices, Totals, [.. Enumerable.Range(0, 20).Select(i => new object?[] { $"{i}", (Int128)i })]);

        IReadOnlyList<CellDifference> differences = Make(First, found).Differences;

        Assert.Equal(["number of rows", "row 1, id", "row 1, price", "row 2, id", "row 2, price"], differences.Select(one => one.Place));
    }

    [Fact]
    public void Certificate_WhenEnginesWereGivenOtherRows_ThenDoesNotAgree()
    {
        Certificate certificate = Make(First, Same(), rows: 4);

        Assert.False(certificate.Agrees);
        Assert.Equal([new("", "sqlite", "rows of shop", "3", "4")], certificate.Differences);
        Assert.Equal("The engines were not given as many rows.", CertificateMarkdown.Verdict(certificate));
    }

    [Fact]
    public void Execute_WhenTheRowsComeFromStandardInput_ThenIsRefusedBeforeAnythingIsRead()
    {
        using var home = new OrdersHome();
        PipelineDefinition pipeline = PipelineLoader.Load(
            home.Write("shop.yaml", Shop.Replace("path: shop.csv", "path: \"-\"", StringComparison.Ordinal)), new PipelineSettings());
        var options = new RunOptions { Home = home.Home, StandardInput = () => throw new InvalidOperationException("It was read.") };

        UsageException e = Assert.Throws<UsageException>(() => new VerifyRun(pipeline, options, new RunProgress())
            .Execute([EngineChoice.Memory, EngineChoice.Memory], CancellationToken.None));

        Assert.Equal("source `shop` is standard input, which can be read once only, and each engine is given its rows; name a file", e.Message);
    }

    private static IReadOnlyList<CellDifference> Differences(Certificate certificate)
    {
        Assert.False(certificate.Agrees);
        Assert.Equal([false, true], certificate.Kpis.Select(kpi => kpi.Agrees));
        Assert.Equal([true, false], certificate.Kpis[0].IsEqual);
        return certificate.Differences;
    }

    private static KpiResult Same() => Result(Prices, Totals, ["a", (Int128)1250], ["b|\n", null], ["c", (Int128)2750]);

    private static KpiResult Result(Schema schema, ResultTotal[] totals, params object?[][] rows) => new(
        new KpiDefinition { Name = "prices", Title = "Prices", From = "shop" }, new ResultTable("prices", "Prices", schema, rows) { Totals = totals }, totals);

    private static KpiResult Ids() => new(
        new KpiDefinition { Name = "ids", Title = "Ids", From = "shop" },
        new ResultTable("ids", "Ids", new Schema([new Column("ids", ColumnType.Integer)]), [[(Int128)3]]),
        []);

    private static Certificate Make(KpiResult first, KpiResult second, long rows = 3)
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Shop, "shop.yaml", new PipelineSettings());
        return Certificate.Of(
            "20240229-120000000-abcde-1",
            pipeline,
            new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero),
            new DateTime(2024, 2, 28, 23, 59, 59),
            [Evidence("memory", "Assay", 3, 0, first), Evidence("sqlite", "SQLite 3.40.1", rows, 0.25, second)]);
    }

    private static EngineEvidence Evidence(string engine, string version, long rows, double load, KpiResult prices) => new(
        EngineChoice.All.Single(choice => choice.Name == engine), version, [prices, Ids()], new Dictionary<string, long> { ["shop"] = rows }, load, 0.125);

    private static void Check(string name, Certificate certificate)
    {
        using var json = new MemoryStream();
        CertificateJson.Write(certificate, json);
        string text = Encoding.UTF8.GetString(json.ToArray()).Replace($"\"assay_version\": \"{RunRecord.Version}\"", "\"assay_version\": \"VERSION\"", StringComparison.Ordinal);
        GoldenFile.Check(Path.Combine("verify", $"{name}.json"), text);
        using var markdown = new MemoryStream();
        CertificateMarkdown.Write(certificate, markdown);
        GoldenFile.Check(Path.Combine("verify", $"{name}.md"), markdown.ToArray());
    }
}
