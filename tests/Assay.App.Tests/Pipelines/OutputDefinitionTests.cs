using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

/// <summary>The documents that a pipeline publishes, as its file says them.</summary>
public sealed class OutputDefinitionTests
{
    private const string Shop =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        variables: { version: 7 }
        sources: { sales: { format: csv, path: sales.csv } }
        tables:
          sales:
            from: sales
            key: [id]
            columns: { id: { type: integer, required: true }, region: { type: string }, amount: { type: "decimal(12,2)" } }
        kpis:
          regions:
            from: sales
            group_by: [region]
            measures: { revenue: sum(amount), best: max(amount) }
            summary: { total: sum(revenue) }
            segments: { column: size, of: revenue, minimums: { big: 10 }, total: sizes }
        outputs:
          report_{exported_at}-{run_id}.json:
            total: { value: regions.total }
            sizes: { value: regions.sizes }
            by_region: { map: regions, key: region, value: revenue, keys: [North] }
            sales: { rows: sales, columns: [id, amount], order_by: [-amount, id] }
            told: { run: id }
          regions_list.csv: { rows: regions }
          values.json:
            - ${version}
            - "7"
            - 1.50
            - 007
            - true
            - ~
            - text
        """;

    [Fact]
    public void Parse_WhenNothingIsWrong_ThenGivesTheDocuments()
    {
        PipelineDefinition pipeline = Parse(Shop);

        Assert.Equal(["report_{exported_at}-{run_id}.json", "regions_list.csv", "values.json"], pipeline.Outputs.Select(output => output.Name));
        var report = (OutputObject)pipeline.Outputs[0].Content;
        Assert.Equal(new OutputFigure("regions", "total"), report.Members[0].Value);
        Assert.Equal(new OutputFigure("regions", "sizes"), report.Members[1].Value);
        Assert.Equal(["North"], ((OutputMap)report.Members[2].Value).Keys);
        Assert.Equal(
            [
                new OutputLiteral("7", false), new OutputLiteral("7", true), new OutputLiteral("1.50", false),
                new OutputLiteral("007", true), new OutputLiteral("true", false), new OutputLiteral("null", false), new OutputLiteral("text", true),
            ],
            ((OutputList)pipeline.Outputs[2].Content).Items);
        var rows = (OutputRows)report.Members[3].Value;
        Assert.Equal(new OutputRunValue("id"), report.Members[4].Value);
        Assert.True(rows.IsTable);
        Assert.Equal([("amount", true), ("id", false)], rows.OrderBy);
        Assert.Equal(["region", "revenue", "best", "size"], ((OutputRows)pipeline.Outputs[1].Content).Columns);
    }

    [Theory]
    [InlineData("value: regions.total }", "value: regions.totl }", "19:21: `regions` has no figure `totl` beside its rows, did you mean `total`?")]
    [InlineData("value: regions.total }", "value: region.total }", "19:21: `region.total` names no KPI's figure, did you mean `regions`?")]
    [InlineData("value: regions.total }", "value: total }", "19:21: `total` names no KPI's figure; a KPI, a point, and a figure of its summary")]
    [InlineData("value: regions.total }", "value: regions.total, as: x }", "19:36: unknown key `as`; the keys are value")]
    [InlineData("map: regions,", "map: sales,", "21:23: unknown KPI `sales`; there are `regions`")]
    [InlineData("key: region,", "key: regin,", "21:37: `regions` has no column `regin`, did you mean `region`?")]
    [InlineData("value: revenue,", "value: amount,", "21:52: `regions` has no column `amount`; it has region, revenue, best, size")]
    [InlineData("value: revenue,", "", "21:18: `value` is missing, for example `{ map: quality_bands, key: band, value: customers }`")]
    [InlineData("rows: sales,", "rows: sale,", "22:20: unknown KPI or table `sale`, did you mean `sales`?")]
    [InlineData("[id, amount]", "[id, amout]", "22:41: `sales` has no column `amout`, did you mean `amount`?")]
    [InlineData("[id, amount]", "[id, id]", "22:14: column `id` is there twice")]
    [InlineData("[-amount, id]", "[-amont]", "22:61: `order_by` names no column of `sales`: `amont`, did you mean `amount`?")]
    [InlineData("run: id }", "run: ids }", "23:18: `run` cannot be `ids`, did you mean `id`?")]
    [InlineData("rows: regions }", "rows: regions, order_by: [region] }", "24:48: a KPI's rows have the KPI's order; write `order_by` there")]
    [InlineData("rows: regions }", "value: regions.total }", "24:21: a CSV file has rows, for example `{ rows: customers, columns: [customer_id, full_name], order_by: [customer_id] }`")]
    [InlineData("regions_list.csv", "regions.csv", "24:3: every run publishes a `regions.csv` already; take another name")]
    [InlineData("regions_list.csv", "quality.json", "24:3: every run publishes a `quality.json` already; take another name")]
    [InlineData("regions_list.csv", "../list.csv", "24:3: `../list.csv` cannot name a file")]
    [InlineData("regions_list.csv", "list.xml", "24:3: `list.xml` cannot name a file")]
    [InlineData("regions_list.csv", "list_{time}.csv", "24:3: `list_{time}.csv` cannot name a file")]
    [InlineData("layers: [bronze, silver, gold]", "layers: [gold]", "22:20: the rows of a table need the silver layer; write `layers: [bronze, silver, gold]` at the top of the file")]
    public void Parse_WhenSomethingIsWrong_ThenSaysWhereAndWhat(string old, string replacement, string expected)
    {
        Assert.Contains(old, Shop, StringComparison.Ordinal);

        DefinitionException e = Assert.Throws<DefinitionException>(() => Parse(Shop.Replace(old, replacement, StringComparison.Ordinal)));

        Assert.Contains(e.Errors.Select(error => error.ToString()), error => error.StartsWith($"shop.yaml:{expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_WhenAKpiAndATableHaveTheName_ThenAsksForAnother()
    {
        string text = Shop.Replace("  regions:\n", "  sales:\n", StringComparison.Ordinal)
            .Replace("regions.", "sales.", StringComparison.Ordinal).Replace("map: regions", "map: sales", StringComparison.Ordinal).Replace("rows: regions", "rows: sales", StringComparison.Ordinal);

        DefinitionException e = Assert.Throws<DefinitionException>(() => Parse(text));

        Assert.Contains(e.Errors, error => error.Message == "`sales` is both a KPI and a table" && error.Hint == "give the KPI another name");
    }

    private static PipelineDefinition Parse(string text) => PipelineLoader.Parse(text, "shop.yaml", new PipelineSettings());
}
