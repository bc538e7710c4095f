using Assay.App.Pipelines;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

public sealed class LayerDefinitionTests
{
    private const string Shop =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        retention: { bronze: 90 days }
        sources:
          tills: { format: xml, path: "tills/*.xml", record: sale }
        tables:
          receipts:
            from: tills
            key: [receipt]
            partition_by: { column: at, grain: day }
            lines: { table: items, key: [receipt, article], columns: [article, pieces], with: [at], derive: { dozens: pieces / 12 } }
            columns:
              receipt: { type: string, required: true }
              at: { type: timestamp, required: true }
              total: { type: "decimal(14,2)", check: value > 0 }
              article: { type: string, required: true }
              pieces: { type: integer, check: value > 0 }
            derive: { month: year_month(at) }
        """;

    [Fact]
    public void Parse_WhenThereAreLines_ThenMakesTwoTables()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Shop, "shop.yaml", new PipelineSettings());
        Assert.True(pipeline is { KeepsBronze: true, KeepsSilver: true, BronzeDays: 90 });
        Assert.Equal("sale", pipeline.Sources[0].Record);
        TableDefinition receipts = pipeline.Tables[0];
        TableDefinition items = pipeline.Tables[1];
        Assert.Equal(["receipt", "at", "total"], receipts.Columns.Select(column => column.Name));
        Assert.Equal(["receipt"], receipts.Key);
        Assert.True(receipts.MustAgree);
        Assert.Equal(new PartitionDefinition("at", PartitionGrain.Day), receipts.PartitionBy);
        Assert.Equal("month", Assert.Single(receipts.Derive).Name);
        Assert.Equal(["receipt", "at", "article", "pieces"], items.Columns.Select(column => column.Name));
        Assert.Equal(("items", "tills", "receipts"), (items.Name, items.From, items.Parent));
        Assert.Equal(["receipt", "article"], items.Key);
        Assert.True(items.MustAgree);
        Assert.Equal("dozens", Assert.Single(items.Derive).Name);
    }

    [Theory]
    [InlineData("[bronze, silver, gold]", "[silver, gold]", "2:10: `silver` needs `bronze` before it; silver is rebuilt from the raw bytes: write `[bronze, silver, gold]`")]
    [InlineData("[bronze, silver, gold]", "[bronze, silver]", "2:9: `layers` lacks `gold`; a run that is to end before it takes `--until silver`")]
    [InlineData("[bronze, silver, gold]", "[bronze, silvr, gold]", "2:18: unknown layer `silvr`, did you mean `silver`?", null)]
    [InlineData("90 days", "a while", "3:22: `a while` is no time to keep something; write a number of days, for example `90 days`")]
    [InlineData(", record: sale", "", "5:3: `record` is missing; it names the element that is one record, for example `record: order`")]
    [InlineData("format: xml", "format: csv", "5:54: a source of format `csv` has no `record`; it belongs to `xml` and `json`")]
    [InlineData("record: sale", "record: sale, delimiter: \";\"", "5:71: a source of format `xml` has no `delimiter`; it belongs to `csv`")]
    [InlineData("key: [receipt]\n", "key: [recept]\n", "9:11: unknown column `recept`, did you mean `receipt`?")]
    [InlineData("receipt: { type: string, required: true }", "receipt: { type: string }", "9:11: `receipt` is part of the key, so it must be there; write `required: true` at column `receipt`", "11:34: `receipt` is part of the key, so it must be there; write `required: true` at column `receipt`")]
    [InlineData("key: [receipt]\n", "key: [receipt]\n    newest: receipt\n", "10:13: `receipt` cannot tell the newest row: it is string; name a date, a timestamp or a number")]
    [InlineData("key: [receipt]\n", "key: [receipt]\n    newest: month\n", "10:13: `month` cannot tell the newest row: it is string; name a date, a timestamp or a number")]
    [InlineData("column: at,", "column: total,", "10:29: rows are shared out by a date or timestamp, and `total` is decimal(14,2)")]
    [InlineData("grain: day", "grain: week", "10:40: `grain` cannot be `week`; it is one of month, day")]
    [InlineData("    key: [receipt]\n", "", "10:5: a table with `lines` needs a `key`; it tells which lines belong together, for example `key: [order_id]`")]
    [InlineData("columns: [article, pieces]", "columns: [artcle, pieces]", "11:63: unknown column `artcle`, did you mean `article`?")]
    [InlineData("table: items", "table: receipts", "7:3: there are two tables named `receipts`")]
    public void Parse_WhenLayersAreWrong_ThenSaysWhatAndWhere(string right, string wrong, params string?[] errors)
    {
        Assert.Contains(right, Shop, StringComparison.Ordinal);
        DefinitionException exception = Assert.Throws<DefinitionException>(
            () => PipelineLoader.Parse(Shop.Replace(right, wrong, StringComparison.Ordinal), "shop.yaml", new PipelineSettings()));
        string[] found = [.. exception.Errors.Select(error => error.ToString()["shop.yaml:".Length..])];

        // A null at the end: what follows from the first mistake is not of interest.
        string[] wanted = [.. errors.OfType<string>()];
        Assert.Equal(wanted, errors.Contains(null) ? found.Take(wanted.Length) : found);
    }
}
