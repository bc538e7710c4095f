namespace Assay.Data.Tests;

public sealed class ExpressionBinderTests
{
    private static readonly Schema Sales = new(
    [
        new Column("quantity", ColumnType.Integer),
        new Column("unit_price", ColumnType.Decimal(14, 4)),
        new Column("region", ColumnType.String),
        new Column("sold", ColumnType.Timestamp),
        new Column("due", ColumnType.Date),
        new Column("paid", ColumnType.Boolean),
    ]);

    [Theory]
    [InlineData("quantity + quantity", "integer")]
    [InlineData("quantity * unit_price", "decimal(38,4)")]
    [InlineData("unit_price * unit_price", "decimal(38,8)")]
    [InlineData("unit_price + 0.5", "decimal(38,4)")]
    [InlineData("quantity - 0.50", "decimal(38,2)")]
    [InlineData("quantity / quantity", "decimal(38,6)")]
    [InlineData("unit_price / quantity", "decimal(38,10)")]
    [InlineData("quantity % 3", "integer")]
    [InlineData("unit_price", "decimal(14,4)")]
    [InlineData("-unit_price", "decimal(38,4)")]
    [InlineData("round(unit_price, 2)", "decimal(38,2)")]
    [InlineData("round(unit_price)", "integer")]
    [InlineData("round(unit_price, 6)", "decimal(14,4)")]
    [InlineData("floor(unit_price)", "integer")]
    [InlineData("coalesce(quantity, 1.5)", "decimal(38,1)")]
    [InlineData("coalesce(null, region)", "string")]
    [InlineData("case when paid then due else sold end", "timestamp")]
    [InlineData("nullif(quantity, 0)", "integer")]
    [InlineData("greatest(due, sold)", "timestamp")]
    [InlineData("sold > due", "boolean")]
    [InlineData("date(sold)", "date")]
    [InlineData("date_add('day', 1, due)", "date")]
    [InlineData("date_add('hour', 1, due)", "timestamp")]
    [InlineData("year_month(sold)", "string")]
    [InlineData("cast(quantity as decimal(10,2))", "decimal(10,2)")]
    [InlineData("cast(unit_price as integer)", "integer")]
    [InlineData("null", "string")]
    [InlineData("null + 1", "integer")]
    public void Type_WhenBound_ThenFollowsTheRules(string text, string type) => Assert.Equal(type, Bind(text).Type.ToString());

    [Theory]
    [InlineData("unit_price * quantity + unit_price", new[] { 0, 1 })]
    [InlineData("case paid when true then region else 'x' end", new[] { 2, 5 })]
    [InlineData("1 + 2", new int[0])]
    [InlineData("sold", new[] { 3 })]
    public void Columns_WhenBound_ThenThoseItReads(string text, int[] ordinals) => Assert.Equal(ordinals, Bind(text).Columns);

    [Theory]
    [InlineData("quantty * 2", 0, "there is no column `quantty`", "did you mean `quantity`?")]
    [InlineData("2 * Quantity", 4, "there is no column `Quantity`", "did you mean `quantity`?")]
    [InlineData("xyzzy", 0, "there is no column `xyzzy`", null)]
    [InlineData("1 + coalesc(quantity, 0)", 4, "there is no function `coalesc`", "did you mean `coalesce`?")]
    [InlineData("frobnicate(1)", 0, "there is no function `frobnicate`", null)]
    [InlineData("1 + sum(quantity)", 4, "`sum` is only allowed in measures", null)]
    [InlineData("count(*) > 1", 0, "`count` is only allowed in measures", null)]
    [InlineData("share(quantity)", 0, "`share` is only allowed in what is derived after aggregation", null)]
    [InlineData("region > 5", 9, "cannot compare string with integer", "compare with a number without quotes, or with to_string(x)")]
    [InlineData("quantity = '5'", 11, "cannot compare integer with string", "compare with a number without quotes, or with to_string(x)")]
    [InlineData("sold > '2024-01-01'", 7, "cannot compare timestamp with string", "write a timestamp as timestamp '2024-01-31 18:30:00'")]
    [InlineData("due in ('2024-01-01')", 8, "cannot compare date with string", "write a date as date '2024-01-31'")]
    [InlineData("paid = 1", 7, "cannot compare boolean with integer", null)]
    [InlineData("quantity between 1 and 'x'", 23, "cannot compare integer with string", "compare with a number without quotes, or with to_string(x)")]
    [InlineData("region + 'x'", 0, "`+` works on numbers, not on string", "join texts with `||`")]
    [InlineData("due + 1", 0, "`+` works on numbers, not on date", "use date_add('day', n, x) or date_diff('day', a, b)")]
    [InlineData("-region", 1, "`-` works on numbers, not on string", null)]
    [InlineData("quantity and paid", 0, "a condition must be true or false, not integer", null)]
    [InlineData("not region", 4, "a condition must be true or false, not string", null)]
    [InlineData("case when quantity then 1 end", 10, "a condition must be true or false, not integer", null)]
    [InlineData("case when paid then 1 else 'x' end", 27, "cannot mix integer and string", null)]
    [InlineData("case when paid then null end", 0, "a case needs a branch that does not give null", null)]
    [InlineData("coalesce(quantity, region)", 19, "cannot mix integer and string", null)]
    [InlineData("nullif(null, 1)", 7, "`nullif` needs a value here, not null", null)]
    [InlineData("lower(quantity)", 6, "`lower` needs text here, not integer", null)]
    [InlineData("region || quantity", 10, "`concat` needs text here, not integer", "use to_string(x)")]
    [InlineData("year(region)", 5, "`year` needs a date or timestamp here, not string", null)]
    [InlineData("hour(due)", 5, "`hour` needs a timestamp here, not date", null)]
    [InlineData("round(unit_price, quantity)", 18, "`round` needs a whole number from 0 to 30, written out, here", null)]
    [InlineData("round(unit_price, 31)", 18, "`round` needs a whole number from 0 to 30, written out, here", null)]
    [InlineData("round()", 0, "`round` takes 1 or 2 arguments, not 0", null)]
    [InlineData("lower(region, region)", 0, "`lower` takes 1 argument, not 2", null)]
    [InlineData("nullif(region)", 0, "`nullif` takes 2 arguments, not 1", null)]
    [InlineData("coalesce()", 0, "`coalesce` takes 1 or more arguments, not 0", null)]
    [InlineData("lower(distinct region)", 0, "`lower` takes no `distinct`", null)]
    [InlineData("lower(*)", 0, "`lower` takes no `*`", null)]
    [InlineData("date_diff('days', due, sold)", 10, "'days' is not a unit of time", "did you mean `day`?")]
    [InlineData("date_add(region, 1, due)", 9, "`date_add` needs a unit of time, written out like 'day', here", null)]
    [InlineData("cast(region as integer)", 0, "cannot cast string to integer", "declare the column with that type, so that bad values are set aside")]
    [InlineData("cast(quantity as date)", 0, "cannot cast integer to date", null)]
    [InlineData(
        "unit_price * unit_price * unit_price * unit_price * unit_price * unit_price * unit_price * unit_price",
        0,
        "`*` would give 32 digits after the point; 30 are the most",
        "give an operand fewer digits with round(x, n)")]
    [InlineData("1 / (1.0000000000000000000000000)", 0, "`/` would give 31 digits after the point; 30 are the most", "give an operand fewer digits with round(x, n)")]
    [InlineData(
        "2 + 170141183460469231731687303715884105727 * 10", 4, "the value of this constant needs more than 128 bits", null)]
    public void Bind_WhenItMakesNoSense_ThenSaysWhereAndWhy(string text, int position, string message, string? hint)
    {
        ExpressionException exception = Assert.Throws<ExpressionException>(() => Bind(text));
        Assert.Equal((position, message, hint), (exception.Position, exception.Message, exception.Hint));
    }

    [Fact]
    public void BindCondition_WhenNotBoolean_ThenError()
    {
        ExpressionException exception = Assert.Throws<ExpressionException>(
            () => ExpressionBinder.BindCondition(ExpressionParser.Parse("quantity"), Sales));
        Assert.Equal("a condition must be true or false, not integer", exception.Message);
        Assert.Equal(ColumnType.Boolean, ExpressionBinder.BindCondition(ExpressionParser.Parse("null"), Sales).Type);
    }

    [Fact]
    public void Constant_WhenAnExpressionReadsNoColumn_ThenIsItsValue()
    {
        Assert.Equal(LiteralExpression.Number(25, 1), Bind("1.5 + 1").Constant);
        Assert.Equal(LiteralExpression.String("A3"), Bind("upper('a' || to_string(1 + 2))").Constant);
        Assert.Null(Bind("quantity + 1").Constant);
    }

    [Fact]
    public void Constant_WhenItIsNull_ThenTheTypeTellsOfWhat()
    {
        BoundExpression typed = Bind("1 + null");

        Assert.Equal((LiteralExpression.Null(), ColumnType.Integer, false), (typed.Constant, typed.Type, typed.IsUntypedNull));
        Assert.True(Bind("null").IsUntypedNull);
        Assert.True(Bind("coalesce(null, null)").IsUntypedNull);
    }

    [Fact]
    public void Bind_WhenPartsAreConstant_ThenTheyAreComputedOnce()
    {
        Assert.IsType<BoundConstant>(Bind("upper('a' || to_string(1 + 2)) in ('A3')"));
        Assert.IsType<BoundConstant>(Bind("date_diff('day', date '2024-01-01', timestamp '2024-01-31 12:00:00')"));
        Assert.IsType<BoundCall>(Bind("quantity + (1 + 2)"));
    }

    [Theory]
    [InlineData("sum", true, false)]
    [InlineData("COUNT", true, false)]
    [InlineData("avg", true, false)]
    [InlineData("min", true, false)]
    [InlineData("max", true, false)]
    [InlineData("stddev", true, false)]
    [InlineData("median", true, false)]
    [InlineData("share", false, true)]
    [InlineData("growth", false, true)]
    [InlineData("rank", false, true)]
    [InlineData("previous", false, true)]
    [InlineData("Running", false, true)]
    [InlineData("lower", false, false)]
    [InlineData("total", false, false)]
    public void IsAggregate_WhenNamed_ThenKnown(string name, bool aggregate, bool window) =>
        Assert.Equal((aggregate, window), (ExpressionFunctions.IsAggregate(name), ExpressionFunctions.IsWindow(name)));

    private static BoundExpression Bind(string text) => ExpressionBinder.Bind(ExpressionParser.Parse(text), Sales);
}
