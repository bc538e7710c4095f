namespace Assay.Data.Tests;

public sealed class EvaluatorPropertyTests
{
    [Theory]
    [InlineData(1, 17, 100, 1500)]
    [InlineData(2, 5, 3, 2500)]
    [InlineData(3, 1, 1, 2500)]
    [InlineData(4, 64, TextPool.DefaultLimit, 700)]
    public void Evaluate_WhenRandomExpression_ThenAsTheSlowEvaluator(int seed, int capacity, int textLimit, int expressions)
    {
        int evaluated = 0;
        int overflows = 0;
        for (int i = 0; i < expressions; i++)
        {
            int own = (seed * 1_000_000) + i;
            var random = new Random(own);
            Expression expression = new RandomExpressions(random).Any(random.Next(1, 5));
            if (TryBind(expression) is not { } bound)
            {
                continue;
            }

            evaluated++;
            overflows += Check(expression, bound, random, capacity, textLimit, own);
        }

        Assert.True(evaluated > expressions * 2 / 3, $"only {evaluated} of {expressions} could be bound");
        Assert.True(overflows > 0, "nothing overflowed");
    }

    [Fact]
    public void Evaluate_WhenSeveralExpressionsShareAnEvaluator_ThenNoneDisturbsAnother()
    {
        var random = new Random(99);
        var batch = new RowBatch(RandomBatches.Schema, new TextPool(), capacity: 33);
        var evaluator = new VectorEvaluator(batch.Texts, capacity: 33);
        var generator = new RandomExpressions(random);
        (Expression Node, BoundExpression? Bound)[] all =
            [.. Enumerable.Range(0, 60).Select(_ => generator.Any(3)).Select(node => (node, TryBind(node))).Where(pair => pair.Item2 is not null)];
        for (int round = 0; round < 5; round++)
        {
            new RandomBatches(random).Fill(batch, 33);
            var slow = new SlowEvaluator(batch.Schema);
            Vector[] results = [.. all.Select(pair => evaluator.Evaluate(pair.Bound!, batch))];
            for (int i = 0; i < all.Length; i++)
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    (object? expected, _) = Slow(slow, all[i].Node, RandomBatches.Row(batch, row));
                    object? actual = RandomBatches.Value(results[i], all[i].Bound!.Type, row, batch.Texts);
                    Assert.True(Equals(expected, actual), $"{all[i].Node}: expected {expected}, got {actual}");
                }
            }
        }
    }

    /// <summary>Binds an expression; null when it goes past the limits that binding has.</summary>
    private static BoundExpression? TryBind(Expression expression)
    {
        try
        {
            BoundExpression bound = ExpressionBinder.Bind(expression, RandomBatches.Schema);
            if (new SlowTypes(RandomBatches.Schema).Of(expression) is { } type)
            {
                ColumnType expected = type.IsNumeric && type.Scale == 0 ? ColumnType.Integer : type;
                ColumnType actual = bound.Type.IsNumeric && bound.Type.Scale == 0 ? ColumnType.Integer : bound.Type;
                Assert.Equal((expression, expected.Kind, expected.Scale), (expression, actual.Kind, actual.Scale));
            }

            IEnumerable<int> columns = expression.DescendantsAndSelf().OfType<ColumnExpression>()
                .Select(column => RandomBatches.Schema.IndexOf(column.Name));
            Assert.Subset(columns.ToHashSet(), bound.Columns.ToHashSet());
            return bound;
        }
        catch (ExpressionException exception)
            when (exception.Message.Contains("digits after the point")
                || exception.Message.Contains("128 bits")
                || exception.Message.EndsWith("needs a timestamp here, not date")
                || exception.Message is "a case needs a branch that does not give null" or "`nullif` needs a value here, not null")
        {
            return null;
        }
    }

    private static int Check(Expression expression, BoundExpression bound, Random random, int capacity, int textLimit, int seed)
    {
        var batch = new RowBatch(RandomBatches.Schema, new TextPool(textLimit), capacity);
        var evaluator = new VectorEvaluator(batch.Texts, capacity);
        var slow = new SlowEvaluator(batch.Schema);
        var batches = new RandomBatches(random);
        int overflows = 0;
        for (int round = 0; round < 3; round++)
        {
            batches.Fill(batch, round == 1 ? random.Next(capacity + 1) : capacity);
            object?[][] rows = [.. Enumerable.Range(0, batch.Count).Select(row => RandomBatches.Row(batch, row))];
            Vector result = evaluator.Evaluate(bound, batch);
            for (int row = 0; row < batch.Count; row++)
            {
                (object? expected, bool overflow) = Slow(slow, expression, rows[row]);
                object? actual = RandomBatches.Value(result, bound.Type, row, batch.Texts);
                bool flagged = evaluator.HasOverflow && evaluator.Overflow[row];
                overflows += flagged ? 1 : 0;
                Assert.True(
                    Equals(expected, actual) && overflow == flagged,
                    $"seed {seed}, row {row} of {string.Join(" | ", rows[row])}: {expression}: expected {expected} (overflow {overflow}), got {actual} (overflow {flagged})");
                Assert.Equal(rows[row], RandomBatches.Row(batch, row));
            }
        }

        return overflows;
    }

    private static (object? Value, bool Overflow) Slow(SlowEvaluator slow, Expression expression, object?[] row)
    {
        try
        {
            return (slow.Evaluate(expression, row), false);
        }
        catch (OverflowException)
        {
            return (null, true);
        }
    }
}
