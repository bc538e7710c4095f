namespace Assay.Data.Tests;

public sealed class VectorEvaluatorTests
{
    private static readonly Schema Sales = new(
    [
        new Column("quantity", ColumnType.Integer), new Column("price", ColumnType.Decimal(14, 4)),
        new Column("region", ColumnType.String), new Column("sold", ColumnType.Timestamp),
    ]);

    [Theory]
    [InlineData("quantity * price * (1 - 0.1)")]
    [InlineData("quantity * price * 1000000000000.5")]
    [InlineData("price / quantity > 1.23456 and not region = 'r1'")]
    [InlineData("case when quantity > 3 then upper(region) when region in ('r1', 'r2') then 'x' else year_month(sold) end")]
    [InlineData("coalesce(nullif(region, 'r3'), substring(region || '-', 2, 1), to_string(quantity))")]
    [InlineData("quantity in (1, 5, 7) or date_diff('month', sold, date_add('day', quantity, sold)) between 0 and 1")]
    [InlineData("round(price, 2) + floor(price) - abs(price) + least(price, quantity)")]
    public void Evaluate_WhenWarm_ThenAllocatesNothing(string text)
    {
        RowBatch batch = Batch(new TextPool(), rows: 500);
        var evaluator = new VectorEvaluator(batch.Texts, capacity: 500);
        BoundExpression bound = Bind(text);
        for (int i = 0; i < 5; i++)
        {
            evaluator.Evaluate(bound, batch);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            evaluator.Evaluate(bound, batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Evaluate_WhenAColumn_ThenTheBatchsOwnVector()
    {
        RowBatch batch = Batch(new TextPool(), rows: 3);
        Assert.Same(batch.Columns[1], new VectorEvaluator(batch.Texts, 3).Evaluate(Bind("price"), batch));
    }

    [Fact]
    public void Evaluate_WhenTheBatchIsEmpty_ThenNothingHappens()
    {
        RowBatch batch = Batch(new TextPool(), rows: 4);
        batch.Count = 0;
        var evaluator = new VectorEvaluator(batch.Texts, 4);
        Vector result = evaluator.Evaluate(Bind("upper(region) || to_string(quantity * price)"), batch);
        Assert.False(result.HasNulls);
        Assert.False(evaluator.HasOverflow);
        Assert.Equal(4, batch.Texts.Count);
    }

    [Fact]
    public void Evaluate_WhenAnotherExpressionFollows_ThenTheFirstResultStands()
    {
        RowBatch batch = Batch(new TextPool(), rows: 2);
        var evaluator = new VectorEvaluator(batch.Texts, 2);
        Vector first = evaluator.Evaluate(Bind("quantity + 1"), batch);
        Vector second = evaluator.Evaluate(Bind("quantity + 2"), batch);
        Assert.Equal(first.Values[0] + 1, second.Values[0]);
        Assert.Equal(first.Values[1] + 1, second.Values[1]);
    }

    [Fact]
    public void Evaluate_WhenThePoolWasEmptied_ThenConstantsAndKnownTextsAreMadeAnew()
    {
        var pool = new TextPool(limit: 2);
        BoundExpression bound = Bind("case when region = 'r1' then 'yes' else upper(region) || '!' end");
        var evaluator = new VectorEvaluator(pool, 4);
        var seen = new List<string>();
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(round > 0, pool.TrimIfLarge());
            for (int i = 0; i < round; i++)
            {
                pool.Intern($"in the way {i}");
            }

            RowBatch batch = Batch(pool, rows: 4);
            Vector result = evaluator.Evaluate(bound, batch);
            seen.Add(string.Join(",", Enumerable.Range(0, 4).Select(row => pool.GetString((int)result.Values[row]))));
        }

        Assert.Equal(["R0!,yes,R2!,R3!", "R0!,yes,R2!,R3!", "R0!,yes,R2!,R3!"], seen);
    }

    [Fact]
    public void Evaluate_WhenSomeRowsOverflow_ThenOnlyThoseAreNullAndFlagged()
    {
        var batch = new RowBatch(Sales, new TextPool(), 3) { Count = 3 };
        batch.Columns[0].IsWide = true;
        batch.Columns[0].Wide[0] = 7;
        batch.Columns[0].Wide[1] = Int128.MaxValue;
        batch.Columns[0].Wide[2] = -7;
        var evaluator = new VectorEvaluator(batch.Texts, 3);
        BoundExpression bound = Bind("quantity * 3");
        Vector result = evaluator.Evaluate(bound, batch);
        Assert.True(evaluator.HasOverflow);
        Assert.Equal([false, true, false], evaluator.Overflow);
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(result.IsNull));
        Assert.Equal((21, -21), ((int)result.Get(0), (int)result.Get(2)));

        batch.Columns[0].Wide[1] = 1;
        result = evaluator.Evaluate(bound, batch);
        Assert.False(evaluator.HasOverflow);
        Assert.Equal([21, 3, -21], Enumerable.Range(0, 3).Select(row => (int)result.Get(row)));
    }

    [Fact]
    public void Evaluate_WhenOneRowNeedsMoreThan64Bits_ThenTheWholeVectorIsWide()
    {
        RowBatch batch = Batch(new TextPool(), rows: 5);
        batch.Columns[0].Values[3] = long.MaxValue;
        Vector result = new VectorEvaluator(batch.Texts, 5).Evaluate(Bind("quantity + 1"), batch);
        Assert.True(result.IsWide);
        Assert.Equal([1, 2, 3, (Int128)long.MaxValue + 1, 5], Enumerable.Range(0, 5).Select(result.Get));
    }

    [Fact]
    public void Evaluate_WhenTheBatchDoesNotBelong_ThenRefused()
    {
        RowBatch batch = Batch(new TextPool(), rows: 5);
        BoundExpression bound = Bind("quantity");
        Assert.Throws<ArgumentException>(() => new VectorEvaluator(batch.Texts, 4).Evaluate(bound, batch));
        Assert.Throws<ArgumentException>(() => new VectorEvaluator(new TextPool(), 5).Evaluate(bound, batch));
    }

    [Fact]
    public void In_WhenTheListIsLong_ThenAsWhenShort()
    {
        RowBatch batch = Batch(new TextPool(), rows: 100);
        var evaluator = new VectorEvaluator(batch.Texts, 100);
        string odd = string.Join(", ", Enumerable.Range(0, 40).Select(i => (2 * i) + 1));
        Vector found = evaluator.Evaluate(Bind($"quantity in ({odd})"), batch);
        Vector expected = evaluator.Evaluate(Bind("quantity % 2 = 1 and quantity < 80"), batch);
        Assert.Equal(expected.Values, found.Values);
        Assert.Equal(40, found.Values.Sum());
    }

    private static BoundExpression Bind(string text) => ExpressionBinder.Bind(ExpressionParser.Parse(text), Sales);

    private static RowBatch Batch(TextPool pool, int rows)
    {
        var batch = new RowBatch(Sales, pool, rows) { Count = rows };
        for (int row = 0; row < rows; row++)
        {
            batch.Columns[0].Values[row] = row;
            batch.Columns[1].Values[row] = row * 12_345L;
            batch.Columns[2].Values[row] = pool.Intern($"r{row % 4}");
            batch.Columns[3].Values[row] = row * 1_234_567_890_123L;
        }

        return batch;
    }
}
