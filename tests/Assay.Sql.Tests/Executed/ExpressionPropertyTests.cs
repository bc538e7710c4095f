using Assay.Data;
using Assay.Data.Tests;

namespace Assay.Sql.Tests;

/// <summary>A database computes of random rows what Assay computes, or refuses before it starts, or fails.</summary>
public abstract class ExpressionPropertyTests
{
    private const int Rows = 12;

    private protected abstract SqlDatabase Open();

    [Theory]
    [InlineData(1, 1500)]
    [InlineData(2, 1500)]
    public void Select_WhenRandomExpression_ThenTheDatabaseSaysWhatTheEvaluatorSays(int seed, int expressions)
    {
        using SqlDatabase database = Open();
        var tally = new Tally();
        RandomTable? table = null;
        for (int i = 0; i < expressions; i++)
        {
            int own = (seed * 1_000_000) + i;
            var random = new Random(own);
            if (i % 50 == 0)
            {
                table = new RandomTable(random, Rows);
                table.Store(database);
            }

            Check(database, table!, new RandomExpressions(random).Any(random.Next(1, 5)), own, tally);
        }

        Assert.True(tally.Computed > expressions / 4, tally.ToString());
        Assert.True(tally.FailedRows < tally.Rows / 20, tally.ToString());
    }

    private static void Check(SqlDatabase database, RandomTable table, Expression expression, int seed, Tally tally)
    {
        BoundExpression bound;
        SqlExpression translated;
        SqlText text;
        try
        {
            bound = ExpressionBinder.Bind(expression, RandomBatches.Schema);
            translated = SqlTranslator.Translate(expression, RandomBatches.Schema, RandomTable.Column);
            text = database.Dialect.Render(RandomTable.Select(translated));
        }
        catch (ExpressionException)
        {
            return;
        }
        catch (SqlException)
        {
            tally.Refused++;
            return;
        }

        Assert.Equal(bound.Type, translated.Type);
        var evaluator = new VectorEvaluator(table.Batch.Texts, table.Batch.Count);
        Vector expected = evaluator.Evaluate(bound, table.Batch);
        List<SqlValue[]>? all = TryQuery(database, RandomTable.Select(translated), seed, expression);
        for (int row = 0; row < table.Batch.Count; row++)
        {
            if (evaluator.HasOverflow && evaluator.Overflow[row])
            {
                continue;
            }

            tally.Rows++;
            SqlValue? actual = (all ?? TryQuery(database, RandomTable.Select(translated, row), seed, expression))?[all is null ? 0 : row][0];
            if (actual is null)
            {
                tally.FailedRows++;
                continue;
            }

            SqlValue wanted = table.Value(expected, bound.Type, row);
            Assert.True(
                wanted == actual,
                $"seed {seed}: {expression}\nexpected {Shown(wanted)}, got {Shown(actual)} in row {table.Row(row)}\n{text.Text}\n{string.Join(" | ", text.Parameters.Select(Shown))}");
        }

        tally.Computed++;
    }

    private static List<SqlValue[]>? TryQuery(SqlDatabase database, SelectStatement statement, int seed, Expression expression)
    {
        try
        {
            return database.Query(statement);
        }
        catch (DatabaseException e)
        {
            Assert.True(
                IsOverflow(e.Message),
                $"seed {seed}: {expression}\n{e.Message}\n{database.Dialect.Render(statement).Text}");
            return null;
        }
    }

    /// <summary>Whether a database left its numbers; anything else is a statement that it should not have been sent.</summary>
    internal static bool IsOverflow(string message) =>
        message.Contains("overflow", StringComparison.OrdinalIgnoreCase)
        || message.Contains("out of range", StringComparison.OrdinalIgnoreCase)
        || message.Contains("no exact number", StringComparison.Ordinal)
        || message.Contains("Could not cast value", StringComparison.Ordinal)
        || message.Contains("Failed to cast decimal value", StringComparison.Ordinal)
        || message.Contains("can't be cast to the destination type", StringComparison.Ordinal)
        || message.Contains("not in timestamp range", StringComparison.Ordinal)
        || message.Contains("64 bits", StringComparison.Ordinal);

    private static string Shown(SqlValue value) => value.IsNull ? "null" : $"{SqlLiterals.Plain(value)} ({value.Type})";

    private sealed class Tally
    {
        public int Computed { get; set; }

        public int Refused { get; set; }

        public int Rows { get; set; }

        public int FailedRows { get; set; }

        public override string ToString() =>
            $"{Computed} expressions were computed and {Refused} refused; of {Rows} rows {FailedRows} failed";
    }
}

public sealed class DuckDbExpressionPropertyTests : ExpressionPropertyTests
{
    private protected override SqlDatabase Open() => new DuckDbTestDatabase();
}

public sealed class SqliteExpressionPropertyTests : ExpressionPropertyTests
{
    private protected override SqlDatabase Open() => new SqliteTestDatabase();
}
