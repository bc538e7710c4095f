using Assay.Data;
using Assay.Data.Tests;

namespace Assay.Sql.Tests;

/// <summary>What databases got wrong once, over rows that show it.</summary>
public abstract class RegressionTests
{
    private const int Rows = 40;

    private protected abstract SqlDatabase Open();

    [Theory]
    [InlineData("amount * rate % (amount * count)")] // DuckDB's remainder of wide decimals is a DOUBLE
    [InlineData("-(cast(count as decimal(38,9)) + rate)")] // a scale that a negated number lost
    [InlineData("cast(count as decimal(31,5)) * cast(count as decimal(31,5))")] // whole numbers that got digits after the point, and lost them
    [InlineData("cast(count as decimal(24,5)) + cast(count as decimal(24,5))")]
    [InlineData("case when flag then price * price else rate end")] // DuckDB takes the scale of a wide first branch for all
    [InlineData("replace(region, '', case when flag then 'x' end)")] // SQLite and MariaDB look at nothing when there is nothing to replace
    [InlineData("replace(region, 'ä', case when flag then 'x' end)")]
    [InlineData("date_add('month', 1, date '9999-11-30')")] // SQLite knows no day after 9999-12-31
    [InlineData("date_add('month', 0, sold)")]
    [InlineData("date_add('day', 1, case when flag then date '0300-02-28' else \"day of\" end)")] // SQLite's 29th of February 300
    [InlineData("date_add('minute', 1, case when flag then timestamp '0300-02-28 23:59:00.5' else sold end)")]
    [InlineData("coalesce(null >= sold)")] // nothing to choose from
    [InlineData("greatest(2, coalesce(1, count))")] // constants that binding leaves alone
    [InlineData("amount % 0.0001 = 0")] // MariaDB's -0.0000 is not 0
    [InlineData("date_diff('day', sold, timestamp '1969-12-31 23:59:59.999999')")]
    [InlineData("date_diff('month', date '2024-01-31', \"day of\")")]
    public void Select_WhenItOnceDiffered_ThenDiffersNoMore(string expression)
    {
        using SqlDatabase database = Open();
        var table = new RandomTable(new Random(5), Rows);
        table.Store(database);
        Expression parsed = ExpressionParser.Parse(expression);
        BoundExpression bound = ExpressionBinder.Bind(parsed, RandomBatches.Schema);
        var evaluator = new VectorEvaluator(table.Batch.Texts, Rows);
        Vector expected = evaluator.Evaluate(bound, table.Batch);
        SqlExpression translated = SqlTranslator.Translate(parsed, RandomBatches.Schema, RandomTable.Column);
        int same = 0;

        for (int row = 0; row < Rows; row++)
        {
            if (evaluator.HasOverflow && evaluator.Overflow[row])
            {
                continue;
            }

            try
            {
                SqlValue actual = database.Query(RandomTable.Select(translated, row))[0][0];
                Assert.Equal(table.Value(expected, bound.Type, row), actual);
                same++;
            }
            catch (DatabaseException e)
            {
                Assert.True(ExpressionPropertyTests.IsOverflow(e.Message), e.Message);
            }
        }

        Assert.True(same > Rows / 2, $"only {same} of {Rows} rows were computed");
    }
}

public sealed class DuckDbRegressionTests : RegressionTests
{
    private protected override SqlDatabase Open() => new DuckDbTestDatabase();
}

public sealed class SqliteRegressionTests : RegressionTests
{
    private protected override SqlDatabase Open() => new SqliteTestDatabase();
}
