using Assay.App.Pipelines;
using Assay.Data;

namespace Assay.App.Tests.Pipelines;

/// <summary>How checks decide, and what they say.</summary>
public sealed class CheckTests
{
    private const string Shop =
        """
        pipeline: shop
        time_zone: Asia/Kolkata
        sources: { files: { format: csv, path: "*.csv" } }
        tables:
          orders:
            from: files
            columns:
              order_id: { type: string }
              customer: { type: string }
              total: { type: "decimal(12,2)" }
              sold_at: { type: timestamp, pii: other }
            relationships: { customer: customers.id }
          customers: { from: files, columns: { id: { type: string }, born: { type: date } } }
        checks:
        """;

    [Theory]
    [InlineData("rejected_rate <= 0.05", 1000, 950, 50, true, "rejected_rate = 0.050000")]
    [InlineData("rejected_rate <= 0.05", 1000, 949, 51, false, "rejected_rate = 0.051000")]
    [InlineData("accepted_rate = 1 and rejected_rate = 0", 0, 0, 0, true, "accepted_rate = 1.000000, rejected_rate = 0.000000")]
    [InlineData("accepted between 10 and 20", 30, 21, 9, false, "accepted = 21")]
    [InlineData("accepted > 0 and read = accepted + quarantined + deduplicated + filtered", 10, 3, 7, true, "accepted = 3, read = 10, quarantined = 7, deduplicated = 0, filtered = 0")]
    [InlineData("quarantined > accepted / accepted", 10, 0, 10, false, "quarantined = 10, accepted = 0")]
    public void Rule_WhenTested_ThenIsAboutTheBooks(string rule, long read, long accepted, long quarantined, bool holds, string observed)
    {
        CheckFinding finding = Check($"rule: {rule}").Find(new CheckFigures { Read = read, Accepted = accepted, Quarantined = quarantined });

        Assert.Equal(new CheckFinding("orders", "c", false, holds, observed, rule), finding);
    }

    [Theory]
    [InlineData("[order_id]", "", 10, 10, true, "order_id to differ in every row")]
    [InlineData("[order_id]", "", 10, 9, false, "order_id to differ in every row")]
    [InlineData("[order_id, customer]", ", at_most: 1", 10, 9, true, "order_id, customer to differ in every row, one row aside")]
    [InlineData("[order_id]", ", at_most: 0.25", 8, 6, true, "order_id to differ in every row, 0.25 of the rows aside")]
    [InlineData("[order_id]", ", at_most: 0.25", 7, 5, false, "order_id to differ in every row, 0.25 of the rows aside")]
    public void Unique_WhenTested_ThenCountsRowsThatRepeat(string columns, string rest, long rows, long distinct, bool holds, string expected)
    {
        CheckFinding finding = Check($"unique: {columns}{rest}").Find(Measured(("rows", rows), ("distinct_rows", distinct)));

        Assert.Equal((holds, $"{rows - distinct} of {rows} rows that repeat another", expected), (finding.Holds, finding.Observed, finding.Expected));
    }

    [Fact]
    public void Unique_WhenOfSeveralColumns_ThenItsKeyTellsRowsApart()
    {
        string key = "to_string(length(to_string(order_id))) || ':' || to_string(order_id) || to_string(length(to_string(total))) || ':' || to_string(total)";

        Assert.Equal(
            [ExpressionParser.Parse($"count({key})"), ExpressionParser.Parse($"count(distinct {key})")],
            Check("unique: [order_id, total]").Figures!.Measures.Select(measure => measure.Value));
        Assert.Equal("count(distinct total)", Check("unique: [total]").Figures!.Measures[1].Value.ToString());
    }

    [Fact]
    public void Rows_WhenTested_ThenCountsThoseThatFail()
    {
        CheckDefinition check = Check("rows: total < 100, at_most: 2, severity: warn");

        Assert.Equal(["count(*)", "count(case when not total < 100 then 1 end)"], check.Figures!.Measures.Select(measure => measure.Value.ToString()));
        Assert.Equal("orders", check.Figures.From);
        Assert.Equal(
            new CheckFinding("orders", "c", true, false, "3 of 50 rows in which it does not hold", "total < 100 in every row, 2 rows aside"),
            check.Find(Measured(("rows", 50), ("failing_rows", 3))));
        Assert.True(check.Find(Measured(("rows", 50), ("failing_rows", 2))).Holds);
    }

    [Theory]
    [InlineData("2 days", "2025-11-05 12:00:00", true)]
    [InlineData("2 days", "2025-11-05 11:59:59", false)]
    [InlineData("1 week", "2025-11-01 00:00:00", true)]
    [InlineData("90 minutes", "2025-11-07 10:29:59", false)]
    [InlineData("36 hours", "2025-12-31 00:00:00", true)]
    public void Freshness_WhenTested_ThenComparesTheNewestWithTheAsOf(string age, string newest, bool holds)
    {
        CheckDefinition check = Check($"freshness: {{ column: sold_at, max_age: {age} }}");

        CheckFinding finding = check.Find(Measured(("newest", Micros(newest))) with { AsOf = Micros("2025-11-07 12:00:00") });

        Assert.Equal("max(sold_at)", check.Figures!.Measures[0].Value.ToString());
        Assert.Equal(
            (holds, "20***************" + newest[^2..] + " as the newest, as of 2025-11-07 12:00:00", $"a sold_at not older than {age}"),
            (finding.Holds, finding.Observed, finding.Expected));
    }

    [Fact]
    public void Freshness_WhenThereIsNoValue_ThenDoesNotHold()
    {
        CheckDefinition check = Check("freshness: { column: born, max_age: 1 day }", "customers");

        Assert.Equal((false, "none"), (check.Find(Measured(("newest", null))).Holds, check.Find(Measured(("newest", null))).Observed));
        CheckFinding known = check.Find(Measured(("newest", Micros("2025-11-06 00:00:00"))) with { AsOf = Micros("2025-11-07 00:00:00") });
        Assert.Equal((true, "2025-11-06 00:00:00 as the newest, as of 2025-11-07 00:00:00"), (known.Holds, known.Observed));
    }

    [Fact]
    public void Relationships_WhenDeclaredByATable_ThenAreChecksThatWarn()
    {
        var check = Assert.IsType<RelationshipCheck>(PipelineLoader.Parse(Shop, "shop.yaml", new PipelineSettings()).Checks[0]);

        Assert.Equal(("orders", "relationships_customer", true, "customer", "customers", "id"), (check.Table, check.Name, check.IsWarning, check.Column, check.ToTable, check.ToColumn));
        Assert.Null(check.Figures);
        Assert.Equal(
            "check `relationships_customer` of `orders` does not hold: expected every customer to be in customers.id, found 2 of 70 rows without one",
            check.Find(orphans: 2, rows: 70).ToString());
        Assert.Equal(
            "check `relationships_customer` of `orders` holds: every customer to be in customers.id; found 0 of 70 rows without one",
            check.Find(orphans: 0, rows: 70).ToString());
    }

    [Fact]
    public void Relationships_WhenDeclaredAsACheck_ThenHaveASeverityAndAnAllowance()
    {
        var check = Assert.IsType<RelationshipCheck>(Check("relationships: { customer: customers.id }, at_most: 0.5"));

        Assert.Equal((false, "every customer to be in customers.id, 0.5 of the rows aside"), (check.IsWarning, check.Expectation));
        Assert.True(check.Find(orphans: 35, rows: 70).Holds);
        Assert.False(check.Find(orphans: 36, rows: 70).Holds);
    }

    [Fact]
    public void Find_WhenAFigureIsMissing_ThenSaysWhich() =>
        Assert.Equal("The figure `distinct_rows` is missing.", Assert.Throws<InvalidOperationException>(() => Check("unique: [total]").Find(Measured(("rows", 1)))).Message);

    [Fact]
    public void MeasuredBy_WhenGivenAResult_ThenGivesNumbersAndMoments()
    {
        var schema = new Schema(
        [
            new Column("n", ColumnType.Integer), new Column("day", ColumnType.Date), new Column("at", ColumnType.Timestamp), new Column("none", ColumnType.Date),
        ]);
        var table = new ResultTable("t", "t", schema, [[(Int128)7, new DateOnly(1970, 1, 2), new DateTime(1970, 1, 1, 0, 0, 1), null]]);

        Assert.Equal(
            new Dictionary<string, long?> { ["n"] = 7, ["day"] = 86_400_000_000, ["at"] = 1_000_000, ["none"] = null }, CheckFigures.MeasuredBy(table));
    }

    [Theory]
    [InlineData(0, 0, "", 100)]
    [InlineData(100, 0, "++", 100)]
    [InlineData(100, 10, "", 90)]
    [InlineData(100, 10, "+-", 45)]
    [InlineData(100, 0, "+w", 67)]
    [InlineData(100, 0, "-W", 33)]
    [InlineData(200, 1, "", 100)]
    [InlineData(200, 3, "", 98)]
    [InlineData(100, 100, "+", 0)]
    public void Score_WhenRowsAreSetAsideOrChecksFail_ThenIsLess(long read, long quarantined, string checks, int score)
    {
        CheckFinding[] findings = [.. checks.Select(c => new CheckFinding("t", "c", c is 'w' or 'W', c is '+' or 'W', "", ""))];

        Assert.Equal(score, RunScore.Of(read, quarantined, findings).Value);
    }

    private static CheckDefinition Check(string condition, string table = "orders") =>
        PipelineLoader.Parse(Shop + $"\n  - {{ table: {table}, name: c, {condition} }}", "shop.yaml", new PipelineSettings()).Checks[^1];

    private static CheckFigures Measured(params (string Name, long? Figure)[] figures) =>
        new() { Measured = figures.ToDictionary(figure => figure.Name, figure => figure.Figure) };

    private static long Micros(string moment) =>
        CheckFigures.Microseconds(DateTime.ParseExact(moment, "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
}
