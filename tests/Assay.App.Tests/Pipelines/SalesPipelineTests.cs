using System.Text.Json;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

public sealed class SalesPipelineTests
{
    private static readonly PipelineDefinition Sales = PipelineLoader.Load("sales", new PipelineSettings { WorkingDirectory = AppContext.BaseDirectory });

    [Fact]
    public void Load_WhenNamedSales_ThenGivesItsParts()
    {
        Assert.Equal("sales", Sales.Name);
        Assert.Equal("Sales, cleaned and measured", Sales.Title);
        Assert.Equal(TimeZoneInfo.Utc, Sales.TimeZone);
        Assert.Equal("", Sales.Variables["file"]);
        SourceDefinition source = Assert.Single(Sales.Sources);
        Assert.Equal(("sales", "csv", "", (char?)null), (source.Name, source.Format, source.Path, source.Delimiter));
        Assert.Equal(new SampleDefinition(Path.Combine(Sales.Folder, "generate.yaml"), null, 10_000, 42), source.Sample);
        Assert.Equal(
            ["monthly_sales_summary", "top_products", "region_wise_performance", "category_discount_map", "anomaly_records"],
            Sales.Kpis.Select(kpi => kpi.Name));
    }

    [Fact]
    public void Table_WhenLoaded_ThenHasTypedColumnsWithTheirRules()
    {
        TableDefinition table = Assert.Single(Sales.Tables);
        Assert.Equal(
            ["string", "string", "string", "integer", "decimal(14,4)", "decimal(5,4)", "string", "timestamp", "string"],
            table.Columns.Select(column => column.Type.ToString()));
        ColumnDefinition quantity = table.Columns[3];
        Assert.Equal(("quantity", "quantity", true, "1", null), (quantity.Name, quantity.Field, quantity.Required, quantity.Minimum, quantity.Maximum));
        Assert.Equal("5", Clean(quantity, " 5 Units"));
        Assert.Equal("1000", Clean(quantity, "1,000"));
        Assert.Equal("value > 0", table.Columns[4].CheckText);
        Assert.Equal(("0", "1"), (table.Columns[5].Minimum, table.Columns[5].Maximum));
        Assert.Equal("dd-MMM-yyyy", table.Columns[7].Formats[3]);
        Assert.Equal("email", table.Columns[8].Pii);
        Assert.Equal("Men's T-shirt (Blue)", Clean(table.Columns[1], "men's  T-SHIRT (blue)"));
        Assert.Equal("anonymous", Clean(table.Columns[8], "nobody"));
        DerivedColumn revenue = Assert.Single(table.Derive);
        Assert.Equal("revenue", revenue.Name);
        Assert.Equal("quantity * unit_price * (1 - discount_percent)", revenue.Value.ToString());
    }

    [Fact]
    public void Kpis_WhenLoaded_ThenHaveGroupsMeasuresAndOrder()
    {
        KpiDefinition months = Sales.Kpis[0];
        Assert.Equal("Sales by month", months.Title);
        Assert.Equal([("month", "year_month(sale_date)")], months.GroupBy.Select(key => (key.Name, key.Value.ToString())));
        Assert.Equal(
            [("revenue", "sum(revenue)", 2), ("quantity", "sum(quantity)", null), ("avg_discount", "avg(discount_percent)", (int?)6)],
            months.Measures.Select(measure => (measure.Name, measure.Value.ToString(), measure.Scale)));
        Assert.Equal(new OrderTerm("month", Descending: false), Assert.Single(months.OrderBy));
        Assert.Equal("line", months.Chart);
        Assert.Equal(10, Sales.Kpis[1].Limit);
        Assert.Equal(new OrderTerm("revenue", Descending: true), Assert.Single(Sales.Kpis[1].OrderBy));
    }

    [Fact]
    public void Score_WhenLoaded_ThenHasRulesWithFormattedReasons()
    {
        KpiDefinition anomalies = Sales.Kpis[4];
        Assert.Equal(10, anomalies.Columns.Count);
        Assert.Equal(("revenue", 2), (anomalies.Columns[9].Name, anomalies.Columns[9].Scale));
        ScoreDefinition score = anomalies.Score!;
        Assert.Equal(("anomaly_score", "anomaly_reasons", 2, "flagged"), (score.ScoreColumn, score.ReasonsColumn, score.Minimum, score.Total));
        Assert.Equal([3, 2, 2, 1, 2, 1, 2], score.Rules.Select(rule => rule.Points));
        Assert.Equal(
            [("Extremely high revenue: $", null), ("", "revenue"), (" (avg: $", null), ("", "avg(revenue)"), (")", null)],
            score.Rules[0].Reason.Parts.Select(part => (part.Literal, part.Value?.ToString())));
        Assert.Equal((2, true, false), (score.Rules[0].Reason.Parts[1].Decimals, score.Rules[0].Reason.Parts[1].Thousands, score.Rules[0].Reason.Parts[1].Percent));
        Assert.Equal((1, false, true), (score.Rules[3].Reason.Parts[1].Decimals, score.Rules[3].Reason.Parts[1].Thousands, score.Rules[3].Reason.Parts[1].Percent));
        Assert.Null(score.Rules[1].Reason.Parts[1].Decimals);
        Assert.Equal([new OrderTerm("anomaly_score", Descending: true), new OrderTerm("revenue", Descending: true)], anomalies.OrderBy);
    }

    /// <summary>The original's answers to single inputs, where there are such beside the repository: Assay gives the same, but for the names that it writes better, and for letters that only Unicode's full case mapping, which knows a letter's neighbours, would change otherwise.</summary>
    [Fact]
    public void Clean_WhenGivenTheOriginalsInputs_ThenAgreesButForWhatIsListed()
    {
        string vectors = Path.GetFullPath(Path.Combine(Sales.Folder, "..", "..", "..", "shared", "data", "sales", "field_vectors.json"));
        if (!File.Exists(vectors))
        {
            return;
        }

        var others = new Dictionary<string, string>
        {
            ["laptop  pro"] = "Laptop Pro 15",
            ["4K TV"] = "4k Tv",
            ["Men's T-shirt (Blue)"] = "Men's T-shirt (Blue)",
            ["men's t-shirt (blue)"] = "Men's T-shirt (Blue)",
            ["3d printer"] = "3d Printer",
            ["2nd gen"] = "2nd Gen",
            ["x1y2z"] = "X1y2z",
            ["it's"] = "It's",
            ["they're bill's"] = "They're Bill's",
            ["n0rth"] = "N0rth",
            ["home  appliance"] = "Home Appliance",
            ["hello\tworld"] = "Hello World",
            ["ǆ"] = "Ǆ",
            ["ﬁsh"] = "ﬁsh",
            ["İstanbul"] = "İstanbul",
            ["ΣΊΣΥΦΟΣ"] = "Σίσυφοσ",
            ["İ@X.Y"] = "İ@x.y",
            ["HELLO\nWORLD"] = "Hello World",
        };
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(vectors));
        foreach (string name in new[] { "product_name", "region", "category", "customer_email" })
        {
            ColumnDefinition column = Sales.Tables[0].Columns.Single(column => column.Name == name);
            foreach (JsonElement vector in document.RootElement.GetProperty(name).EnumerateArray())
            {
                string? text = vector.GetProperty("in").GetString();
                string? clean = Clean(column, text);
                Assert.Equal(others.GetValueOrDefault(text ?? "") ?? vector.GetProperty("out").GetString(), clean?.Length == 0 ? null : clean);
            }
        }
    }

    private static string? Clean(ColumnDefinition column, string? text)
    {
        foreach (CleaningRule rule in column.Clean)
        {
            CleanText clean = rule.Apply(text);
            Assert.Equal(FaultCode.None, clean.Fault);
            text = clean.Text;
        }

        return text;
    }
}
