using Assay.App.Pipelines;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

/// <summary>What a pipeline may say of wrong values, row quality, offsets, checks on rows and a program's own rules.</summary>
public sealed class RefiningDefinitionTests
{
    private const string Shop =
        """
        pipeline: shop
        sources: { files: { format: csv, path: "*.csv" } }
        tables:
          orders:
            from: files
            columns:
              order_id: { type: string, required: true }
              total: { type: "decimal(12,2)", invalid: "null" }
              sold_at: { type: timestamp, formats: ["yyyy-MM-ddTHH:mm:sszzz"], invalid: quarantine }
              day: { type: date, invalid: null }
            derive: { quality: quality_score() }
            relationships: { order_id: customers.id }
          customers: { from: files, columns: { id: { type: string } } }
        checks:
          - { table: orders, name: fresh, freshness: { column: sold_at, max_age: 2 days } }
          - { table: orders, name: one, unique: [order_id], at_most: 0.5 }
          - { table: orders, name: small, rows: total < 9, at_most: 3 }
          - { table: orders, name: known, relationships: { order_id: customers.id } }
        """;

    [Fact]
    public void Parse_WhenNothingIsWrong_ThenGivesTheParts()
    {
        PipelineDefinition pipeline = Parse(Shop);

        Assert.Equal([false, true, false, true], pipeline.Tables[0].Columns.Select(column => column.InvalidIsNull));
        Assert.Equal("quality_score()", pipeline.Tables[0].Derive[0].Value.ToString());
        Assert.Equal(
            ["relationships_order_id", "fresh", "one", "small", "known"], pipeline.Checks.Select(check => check.Name));
        Assert.Equal(
            [typeof(RelationshipCheck), typeof(FreshnessCheck), typeof(UniqueCheck), typeof(RowsCheck), typeof(RelationshipCheck)],
            pipeline.Checks.Select(check => check.GetType()));
        Assert.Equal(CleaningPlan.Create(pipeline.Tables[0]).Schema.Columns[^1].Type, Data.ColumnType.Integer);
    }

    [Theory]
    [InlineData("\"decimal(12,2)\", invalid: \"null\"", "\"decimal(12,2)\", invalid: \"nul\"", "8:48: `invalid` cannot be `nul`, did you mean `null`?")]
    [InlineData("required: true", "required: true, invalid: \"null\"", "7:7: column `order_id` is `required`, so a wrong value cannot become a missing one; leave out `invalid`: the row is set aside, or `required`")]
    [InlineData("required: true", "required: true, invalid: null", "7:7: column `order_id` is `required`, so a wrong value cannot become a missing one; leave out `invalid`: the row is set aside, or `required`")]
    [InlineData("quality_score()", "quality_score(total)", "11:24: `quality_score` takes no arguments; it is about all columns that the table reads")]
    [InlineData("HH:mm:sszzz", "HH:mm:sszz", "9:65: a date format has no part `zz`; an offset from UTC is `zzz` (+05:30, +0530 or Z), `K` for one or none")]
    [InlineData("HH:mm:sszzz", "HH:mm:ssKzzz", "9:66: `zzz` is there twice")]
    [InlineData("THH:mm:sszzz", "zzz", "9:46: the date format has no hour `HH`, for example `yyyy-MM-dd`")]
    [InlineData("HH:mm:sszzz", "HH:mm:ssKZ", "9:46: a date format has one offset: `zzz`, `K` or `Z`, for example `yyyy-MM-dd`")]
    [InlineData("day: { type: date", "day: { type: date, formats: [yyyy-MM-ddK]", "10:46: a date has no time of day, so no `K`; make the column a timestamp")]
    public void Column_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("customers.id }\n  customers", "customer.id }\n  customers", "12:32: unknown table `customer`, did you mean `customers`?")]
    [InlineData("customers.id }\n  customers", "customers.idd }\n  customers", "12:32: there is no column `idd`, did you mean `id`?")]
    [InlineData("customers.id }\n  customers", "customers }\n  customers", "12:32: `customers` names no column of another table, for example `customer_id: customers.customer_id`")]
    [InlineData("customers.id }\n  customers", "[customers] }\n  customers", "12:32: `order_id` must be a text, not a list, for example `customer_id: customers.customer_id`")]
    [InlineData("relationships: { order_id: customers.id }\n  customers", "relationships: { orderid: customers.id }\n  customers", "12:22: there is no column `orderid`, did you mean `order_id`?")]
    [InlineData("relationships: { order_id: customers.id }\n  customers", "relationships: { total: customers.id }\n  customers", "12:29: `total` is of type decimal(12,2), and `customers.id` of type string; values are related when they are of one type")]
    [InlineData("relationships: { order_id: customers.id }\n  customers", "relationships: [order_id]\n  customers", "12:20: `relationships` must be a mapping, not a list, for example `customer_id: customers.customer_id`")]
    public void Relationships_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("name: fresh, freshness", "name: one, freshness", "16:28: check `one` of `orders` is there twice; relationships of a table are checks, too")]
    [InlineData("name: known", "name: relationships_order_id", "18:28: check `relationships_order_id` of `orders` is there twice; relationships of a table are checks, too")]
    [InlineData("{ column: sold_at, max_age: 2 days }", "sold_at", "15:46: `freshness` must be a mapping, not a text, for example `{ column: sold_at, max_age: 2 days }`")]
    [InlineData("max_age: 2 days", "max_age: two days", "15:74: `two days` is no length of time; write a whole number of minutes, hours, days or weeks, for example `2 days`")]
    [InlineData("max_age: 2 days", "max_age: 0 days", "15:74: `0 days` is no length of time; write a whole number of minutes, hours, days or weeks, for example `2 days`")]
    [InlineData("max_age: 2 days", "age: 2 days", "15:35: `max_age` is missing, for example `2 days`", "15:65: unknown key `age`; the keys are column, max_age")]
    [InlineData("column: sold_at", "column: total", "15:56: `freshness` is for dates and timestamps, and `total` is of type decimal(12,2)")]
    [InlineData("column: sold_at", "column: sold", "15:56: there is no column `sold`")]
    [InlineData("unique: [order_id]", "unique: [orderid, order_id, order_id]", "16:42: there is no column `orderid`, did you mean `order_id`?", "16:61: `order_id` is there twice")]
    [InlineData("unique: [order_id]", "unique: []", "16:41: `unique` is empty, for example `[order_id]`")]
    [InlineData("at_most: 0.5", "at_most: 1.5", "16:62: `at_most` cannot be `1.5`; a number of rows such as `5`, or a share of them such as `0.01`")]
    [InlineData("at_most: 0.5", "at_most: -1", "16:62: `at_most` cannot be `-1`; a number of rows such as `5`, or a share of them such as `0.01`")]
    [InlineData("rows: total < 9", "rows: totl < 9", "17:41: there is no column `totl`, did you mean `total`?")]
    [InlineData("rows: total < 9", "rows: total", "17:41: a condition is true or false, this is decimal(12,2)")]
    [InlineData("rows: total < 9", "rule: read > 0", "17:60: `at_most` does not go with `rule`; it is about rows")]
    [InlineData("rows: total < 9", "rows: total < 9, rule: read > 0", "17:41: a check has one condition, not `rule` and `rows`; write two checks")]
    [InlineData("known, relationships: { order_id: customers.id }", "known, relationships: { order_id: customers.id, total: customers.id }", "18:50: a check is about one relationship, for example `customer_id: customers.customer_id`")]
    public void Check_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Fact]
    public void Clean_WhenAProgramBringsARule_ThenColumnsUseItByName()
    {
        string yaml = Shop.Replace("order_id: { type: string", "order_id: { type: string, clean: [trim, order_code]", StringComparison.Ordinal);
        var settings = new PipelineSettings { Rules = CleaningRuleCatalog.Default.With("order_code", text => new CleanText("O-" + text), "a code") };

        Assert.Equal("O-1", PipelineLoader.Parse(yaml, "shop.yaml", settings).Tables[0].Columns[0].Clean[1].Apply("1").Text);
        Assert.StartsWith("7:47: unknown cleaning rule `order_code`", Assert.Single(Errors(yaml)), StringComparison.Ordinal);
    }

    private static PipelineDefinition Parse(string yaml) => PipelineLoader.Parse(yaml, "shop.yaml", new PipelineSettings());

    private static void AssertErrors(string right, string wrong, string[] errors)
    {
        Assert.Contains(right, Shop, StringComparison.Ordinal);
        Assert.Equal(errors, Errors(Shop.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Errors(string yaml) =>
        Assert.Throws<DefinitionException>(() => Parse(yaml)).Errors.Select(error => error.ToString()["shop.yaml:".Length..]);
}
