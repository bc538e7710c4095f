using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>Past 64 bits SQLite computes in floating point; Assay's statements fail there, or do not need to.</summary>
public class SqliteNumberTests
{
    private static readonly Schema Numbers = new([new Column("a", ColumnType.Integer), new Column("b", ColumnType.Integer)]);

    [Theory]
    [InlineData("a * b")]
    [InlineData("a * b * 1000")]
    [InlineData("a + b")]
    [InlineData("a * 3 - b * 2")]
    [InlineData("case when b > 5 then a * b else a end")]
    [InlineData("cast(a as decimal(38,6))")]
    public void Sum_WhenItsTermsLeave64Bits_ThenStaysExact(string expression)
    {
        using SqliteTestDatabase database = Open((long.MaxValue / 7, 9), (-long.MaxValue / 3, 4), (1_000_000_007, -1_000_003), (long.MaxValue / 5, 8));
        SqlExpression value = Translate(expression);

        SqlValue sum = Single(database, new SqlAggregate(value.Type, SqlAggregateFunction.Sum, value));

        Assert.Equal(new SqlValue(value.Type, Expected(expression, database)), sum);
    }

    [Theory]
    [InlineData("a * b > 5", 1)] // too large for 64 bits, and surely larger than 5
    [InlineData("a + b < 0", 0)]
    [InlineData("a * b in (5, 6)", null)]
    [InlineData("a + b - a = b", null)]
    [InlineData("sign(a * b) = 1", 1)]
    [InlineData("sign(a + b - a) = 1", null)]
    [InlineData("greatest(a * b, 7) > 7", null)]
    [InlineData("a * b > a", null)]
    public void Where_WhenANumberLeaves64Bits_ThenIsRightOrFails(string condition, int? rows)
    {
        using SqliteTestDatabase database = Open((long.MaxValue, long.MaxValue));
        var statement = new SelectStatement
        {
            Columns = [new SelectColumn("rows", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null))],
            From = new SqlSource("numbers"),
            Where = Translate(condition),
            GroupKeys = 0,
        };

        if (rows is { } count)
        {
            Assert.Equal(SqlValue.Of(count), database.Query(statement)[0][0]);
        }
        else
        {
            Assert.Contains("integer overflow", Assert.Throws<DatabaseException>(() => database.Query(statement)).Message);
        }
    }

    [Fact]
    public void CountDistinct_WhenNumbersWouldBeRoundedIntoOne_ThenFails()
    {
        using SqliteTestDatabase database = Open((long.MaxValue, 10), (long.MaxValue - 1, 10));
        SqlExpression value = Translate("a * b");

        DatabaseException failure = Assert.Throws<DatabaseException>(
            () => Single(database, new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.CountDistinct, value)));

        Assert.Contains("integer overflow", failure.Message);
    }

    [Fact]
    public void Groups_WhenTheirKeyIsRounded_ThenAreSeenOrFail()
    {
        using SqliteTestDatabase database = Open((long.MaxValue, 10), (long.MaxValue - 1, 10));
        var statement = new SelectStatement
        {
            Columns = [new SelectColumn("key", Translate("a * b"))],
            From = new SqlSource("numbers"),
            GroupKeys = 1,
        };

        Assert.Contains("no exact number", Assert.Throws<DatabaseException>(() => database.Query(statement)).Message);
        Assert.Contains("integer overflow", Assert.Throws<DatabaseException>(() => database.Query(statement with { Limit = 1 })).Message);
    }

    private static SqliteTestDatabase Open(params (long A, long B)[] rows)
    {
        var database = new SqliteTestDatabase();
        database.Execute(new CreateTable(new SqlTable("numbers", [new SqlColumn("a", ColumnType.Integer), new SqlColumn("b", ColumnType.Integer)])));
        foreach ((long a, long b) in rows)
        {
            database.Execute(new InsertRow("numbers", ["a", "b"], [SqlValue.Of(a), SqlValue.Of(b)]));
        }

        return database;
    }

    private static SqlExpression Translate(string expression) => SqlTranslator.Translate(
        ExpressionParser.Parse(expression), Numbers, i => new SqlColumnReference(null, Numbers.Columns[i].Name, ColumnType.Integer));

    private static SqlValue Single(SqliteTestDatabase database, SqlExpression value) => database.Query(new SelectStatement
    {
        Columns = [new SelectColumn("value", value)],
        From = new SqlSource("numbers"),
        GroupKeys = 0,
    })[0][0];

    /// <summary>The sum by Assay's own 128-bit arithmetic.</summary>
    private static Int128 Expected(string expression, SqliteTestDatabase database)
    {
        List<SqlValue[]> rows = database.Query(new SelectStatement
        {
            Columns = [new SelectColumn("a", Translate("a")), new SelectColumn("b", Translate("b"))],
            From = new SqlSource("numbers"),
        });
        var batch = new RowBatch(Numbers, new TextPool(), rows.Count) { Count = rows.Count };
        for (int row = 0; row < rows.Count; row++)
        {
            batch.Columns[0].Values[row] = (long)rows[row][0].Units;
            batch.Columns[1].Values[row] = (long)rows[row][1].Units;
        }

        Vector values = new VectorEvaluator(batch.Texts, rows.Count).Evaluate(
            ExpressionBinder.Bind(ExpressionParser.Parse(expression), Numbers), batch);
        return Enumerable.Range(0, rows.Count).Aggregate(Int128.Zero, (sum, row) => checked(sum + values.Get(row)));
    }
}
