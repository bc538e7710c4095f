using Assay.Data;

namespace Assay.Sql.Tests;

public class SqlTranslatorTests
{
    [Theory]
    [InlineData("n / 2", "a quotient (`/`)")]
    [InlineData("round(price, 2)", "`round`")]
    [InlineData("round(price)", "`round` of a number with digits after the point")]
    [InlineData("floor(price)", "`floor` of a number with digits after the point")]
    [InlineData("ceil(rate)", "`ceil` of a number with digits after the point")]
    [InlineData("lower(s)", "`lower`")]
    [InlineData("upper(s || r)", "`upper`")]
    [InlineData("trim(s)", "`trim`")]
    [InlineData("to_string(n)", "`to_string`")]
    [InlineData("cast(d as string)", "`cast` of date to text")]
    [InlineData("cast(price as integer)", "`cast` to integer of a number with digits after the point")]
    [InlineData("cast(price as decimal(9,2))", "`cast` to decimal(9,2), which rounds")]
    [InlineData("cast(n as decimal(9,2))", "`cast` of integer to decimal(9,2), which may have too few digits,")]
    [InlineData("substring(s, n)", "`substring` with a place that differs from row to row")]
    public void Translate_WhenDatabasesWouldDiffer_ThenSaysWhatAndWhatToDo(string expression, string what)
    {
        SqlException refused = Assert.Throws<SqlException>(() => Samples.Translate(expression));

        Assert.Equal(
            $"{what} does not come out the same in every database: derive a column in the table, where Assay computes it once for all engines",
            refused.Message);
    }

    [Theory]
    [InlineData("rate > 1.255", "\"rate\" > 1.25")]
    [InlineData("rate >= 1.255", "\"rate\" > 1.25")]
    [InlineData("rate < 1.255", "\"rate\" <= 1.25")]
    [InlineData("rate <= 1.255", "\"rate\" <= 1.25")]
    [InlineData("rate < -1.255", "\"rate\" <= -1.26")]
    [InlineData("rate >= -1.255", "\"rate\" > -1.26")]
    [InlineData("1.255 < rate", "\"rate\" > 1.25")]
    [InlineData("rate = 1.255", "CASE WHEN \"rate\" IS NOT NULL THEN FALSE END")]
    [InlineData("rate <> 1.255", "CASE WHEN \"rate\" IS NOT NULL THEN TRUE END")]
    [InlineData("n = 2.50 + 0.50", "\"n\" = 3")]
    [InlineData("n > 0.5", "\"n\" > 0")]
    [InlineData("rate < 170141183460469231731687303715884105727", "CASE WHEN \"rate\" IS NOT NULL THEN TRUE END")]
    [InlineData("rate = -170141183460469231731687303715884105727", "CASE WHEN \"rate\" IS NOT NULL THEN FALSE END")]
    [InlineData("d = timestamp '2024-01-31 00:00:00'", "CAST(\"d\" AS timestamp) = TIMESTAMP '2024-01-31 00:00:00'")]
    [InlineData("t > date '2024-01-31'", "\"t\" > TIMESTAMP '2024-01-31 00:00:00'")]
    [InlineData("n = null", "CAST(NULL AS boolean)")]
    public void Translate_WhenComparedWithAConstant_ThenTheColumnStaysAsItIs(string expression, string expected) =>
        AssertPostgres(expected, expression);

    [Theory]
    [InlineData("upper('a' || to_string(1 + 2)) || s", "'A3' || \"s\"")]
    [InlineData("n + null", "CAST(NULL AS bigint)")]
    [InlineData("n in (null)", "CAST(NULL AS boolean)")]
    [InlineData("n in (1.5)", "CASE WHEN \"n\" IS NOT NULL THEN FALSE END")]
    [InlineData("n in (1.0, m, 2)", "\"n\" = \"m\" OR \"n\" IN (1, 2)")]
    [InlineData("coalesce(null, n, 5, m)", "coalesce(\"n\", 5)")]
    [InlineData("coalesce(n)", "\"n\"")]
    [InlineData("least(n, null)", "CAST(NULL AS bigint)")]
    [InlineData("nullif(n, 0)", "CASE WHEN \"n\" = 0 THEN NULL ELSE \"n\" END")]
    [InlineData("case n when 1 then 'a' when null then 'b' else 'c' end", "CASE WHEN \"n\" = 1 THEN 'a' ELSE 'c' END")]
    [InlineData("case when false then s else r end", "\"r\"")]
    [InlineData("case when f then n else rate end", "CASE WHEN \"f\" THEN \"n\" ELSE \"rate\" END")]
    [InlineData("substring(s, 0, 3)", "substring(\"s\", 1, 2)")]
    [InlineData("substring(s, -5, 3)", "substring(\"s\", 1, 0)")]
    [InlineData("substring(s, 2, -1)", "substring(\"s\", 1, 0)")]
    [InlineData("substring(s, 2, 99999999999)", "substring(\"s\", 2)")]
    [InlineData("substring(s, 99999999999)", "substring(\"s\", 1, 0)")]
    [InlineData("round(n)", "\"n\"")]
    [InlineData("round(rate, 2)", "\"rate\"")]
    [InlineData("date(d)", "\"d\"")]
    [InlineData("date_add('day', 1 + 1, cast(d as timestamp))", "CAST(\"d\" AS timestamp) + 2 * INTERVAL '1 day' + INTERVAL '103830043 days' - INTERVAL '103830043 days' - INTERVAL '1721426 days' + INTERVAL '1721426 days'")]
    public void Translate_WhenPartsAreKnown_ThenTheyAreLeftOutOrComputed(string expression, string expected) =>
        AssertPostgres(expected, expression);

    [Fact]
    public void Translate_WhenAConstantOutgrows128BitsBesideAColumn_ThenSaysSo()
    {
        SqlException refused = Assert.Throws<SqlException>(
            () => Samples.Translate("rate + coalesce(170141183460469231731687303715884105727, n)"));

        Assert.Equal("the number 170141183460469231731687303715884105727 needs more than 128 bits beside others with 2 digits after the point", refused.Message);
    }

    [Fact]
    public void TranslateCondition_WhenItIsNull_ThenIsABoolean() => Assert.Equal(
        SqlValue.Null(ColumnType.Boolean),
        SqlTranslator.TranslateCondition(ExpressionParser.Parse("null"), Samples.Rows, _ => throw new InvalidOperationException()));

    [Fact]
    public void TranslateCondition_WhenItIsANumber_ThenIsRefusedAsBindingRefusesIt() =>
        Assert.Throws<ExpressionException>(() => SqlTranslator.TranslateCondition(
            ExpressionParser.Parse("n"), Samples.Rows, i => new SqlColumnReference(null, "n", ColumnType.Integer)));

    [Fact]
    public void Translate_WhenFunctionsNestTooDeep_ThenTheStatementIsRefused()
    {
        string expression = "d";
        for (int i = 0; i < 8; i++)
        {
            expression = $"date_add('day', date_diff('month', {expression}, e), d)";
        }

        SqlException refused = Assert.Throws<SqlException>(() => SqliteDialect.Instance.Render(Samples.Of(expression)));

        Assert.Equal(
            "SQLite cannot say an expression of so many functions in each other; derive a column in the table, where Assay computes it once for all engines",
            refused.Message);
    }

    private static void AssertPostgres(string expected, string expression)
    {
        string script = PostgresDialect.Instance.Script(Samples.Of(expression));

        string column = script["SELECT\n  ".Length..script.IndexOf("\nFROM", StringComparison.Ordinal)];
        Assert.Equal(expected == column ? column : expected + " AS \"1\"", column);
    }
}
