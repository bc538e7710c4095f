using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>What single dialects refuse, or say in a way of their own.</summary>
public class DialectLimitTests
{
    private const string Remedy = "; derive a column in the table, where Assay computes it once for all engines";

    [Fact]
    public void DuckDb_WhenANumberHasTooManyDigits_ThenSaysSo() => AssertRefused(
        $"DuckDB cannot hold the number 16999999999999999999999999999999999.9999, which has more than 38 digits{Remedy}",
        DuckDbDialect.Instance,
        Samples.Of("price < 16999999999999999999999999999999999.9999 - coalesce(price)"));

    [Fact]
    public void Postgres_WhenANameWouldBeCutOff_ThenSaysSo()
    {
        Assert.Equal($"\"{new string('a', 63)}\"", PostgresDialect.Instance.Quote(new string('a', 63)));

        SqlException refused = Assert.Throws<SqlException>(() => PostgresDialect.Instance.Quote(new string('é', 32)));

        Assert.Equal("PostgreSQL cuts names off after 63 bytes, and `éééééééééééééééééééééééééééééééé` is longer: give it a shorter one", refused.Message);
    }

    [Fact]
    public void Postgres_WhenATextHasANul_ThenSaysSo() => AssertRefused(
        "PostgreSQL cannot hold a text with a NUL character; replace it where the rows are cleaned",
        PostgresDialect.Instance,
        Samples.Of("s = 'a\0b'"));

    [Theory]
    [InlineData("a😀", "has a character past U+FFFF")]
    [InlineData("a ", "ends with a space")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "has more than 64 characters")]
    public void MySql_WhenTheServerTakesNoSuchName_ThenSaysSo(string name, string why)
    {
        SqlException refused = Assert.Throws<SqlException>(() => MySqlDialect.MariaDb.Quote(name));

        Assert.Equal($"MariaDB cannot name something `{name}`, which {why}: give it another name", refused.Message);
    }

    [Fact]
    public void MySql_WhenItDiffersFromMariaDb_ThenInCollationAndIndexes()
    {
        Assert.Equal("varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin", MySqlDialect.MySql.TypeName(ColumnType.String, isKey: true));
        Assert.Equal("CREATE INDEX `orders_idx` ON `orders` (`mobile`(255), `at`)", MySqlDialect.MySql.Render(Samples.Index).Text);
        Assert.Equal("SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin", MySqlDialect.MySql.SessionStatements[0]);
    }

    /// <summary>MariaDB 10.11 counts the group of a computed decimal that is null into the group before it when the order is descending.</summary>
    [Fact]
    public void MySql_WhenGroupsAreOrderedDescending_ThenNullsAreToldApartFirst()
    {
        SqlExpression key = Samples.Translate("case when f then rate end");
        var statement = new SelectStatement
        {
            Columns = [new SelectColumn("k", key)],
            From = new SqlSource("rows"),
            GroupKeys = 1,
            OrderBy = [new SelectOrder(0, true)],
        };

        Assert.EndsWith("\nORDER BY CASE WHEN `f` THEN `rate` END IS NULL, 1 DESC", MySqlDialect.MariaDb.Script(statement));
    }

    [Fact]
    public void Sqlite_WhenAProductIsSummed_ThenInPartsThatStayExact() => Assert.Equal(
        """
        SELECT
          sum(("price" / 1000000000) * "rate" + ("price" % 1000000000) * "rate" / 1000000000) || ',' || sum(("price" % 1000000000) * "rate" % 1000000000) AS "1"
        FROM "rows"
        """,
        SqliteDialect.Instance.Script(Sum("price * rate")));

    [Fact]
    public void Sqlite_WhenASumIsInTwoParts_ThenPutsThemTogether()
    {
        Assert.Equal((7 * (Int128)1_000_000_000) - 3, SqliteDialect.Sum("7,-3"u8));
        Assert.Equal((Int128)long.MinValue * 1_000_000_000, SqliteDialect.Sum("-9223372036854775808,0"u8));
        Assert.Throws<OverflowException>(() => SqliteDialect.Sum("9.3e+18,5"u8));
        Assert.Throws<OverflowException>(() => SqliteDialect.Sum("7,5.0"u8));
    }

    [Fact]
    public void Sqlite_WhenASumIsComputedWith_ThenSaysSo()
    {
        SelectStatement sum = Sum("n");

        AssertRefused(
            $"SQLite cannot compute with a sum, which it gives in two parts{Remedy}",
            SqliteDialect.Instance,
            sum with { Having = Samples.Truth(SqlOperation.Greater, sum.Columns[0].Value, SqlValue.Of(1)) });
    }

    [Fact]
    public void Sqlite_WhenANumberHasMoreThan64Bits_ThenSaysSo() => AssertRefused(
        "SQLite cannot hold the number 9223372036854775808, which needs more than 64 bits",
        SqliteDialect.Instance,
        Samples.Of("n + 9223372036854775808"));

    private static SelectStatement Sum(string expression)
    {
        SqlExpression value = Samples.Translate(expression);
        return new SelectStatement
        {
            Columns = [new SelectColumn("1", new SqlAggregate(value.Type, SqlAggregateFunction.Sum, value))],
            From = new SqlSource("rows"),
            GroupKeys = 0,
        };
    }

    private static void AssertRefused(string expected, SqlDialect dialect, SqlStatement statement) =>
        Assert.Equal(expected, Assert.Throws<SqlException>(() => dialect.Render(statement)).Message);
}
