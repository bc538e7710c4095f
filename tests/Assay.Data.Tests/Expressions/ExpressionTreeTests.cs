namespace Assay.Data.Tests;

public sealed class ExpressionTreeTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void ToString_WhenRandomTree_ThenParsesBackToAnEqualTree(int seed)
    {
        for (int i = 0; i < 3000; i++)
        {
            int own = (seed * 1_000_000) + i;
            Expression expression = new RandomExpressions(new Random(own)).Any(6);
            Expression back = ExpressionParser.Parse(expression.ToString());
            Assert.True(expression == back, $"seed {own}: {expression} came back as {back}");
            Assert.Equal(expression.GetHashCode(), back.GetHashCode());
            Assert.Equal(expression.ToString(), back.ToString());
        }
    }

    [Fact]
    public void Equals_WhenOnlyPositionsDiffer_ThenEqual()
    {
        Expression a = ExpressionParser.Parse("case when x in (1, 'b') then f(a, date '2024-01-01') end");
        Expression b = ExpressionParser.Parse("  case  when x in (1,'b') then f( a,date '2024-01-01' ) end");
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Theory]
    [InlineData("1.5", "1.50")]
    [InlineData("1", "1.0")]
    [InlineData("a", "A")]
    [InlineData("a + b", "b + a")]
    [InlineData("a - b", "a + b")]
    [InlineData("x in (1, 2)", "x in (1)")]
    [InlineData("x in (1)", "x not in (1)")]
    [InlineData("x is null", "x is not null")]
    [InlineData("x between 1 and 2", "x not between 1 and 2")]
    [InlineData("f(a)", "f(distinct a)")]
    [InlineData("f()", "f(*)")]
    [InlineData("f(a)", "g(a)")]
    [InlineData("cast(a as integer)", "cast(a as string)")]
    [InlineData("case when a then b end", "case a when a then b end")]
    [InlineData("case when a then b end", "case when a then b else null end")]
    [InlineData("date '2024-01-01'", "timestamp '2024-01-01'")]
    [InlineData("true", "1")]
    [InlineData("-5", "-(5)")]
    [InlineData("null", "'null'")]
    public void Equals_WhenTreesDiffer_ThenNotEqual(string a, string b) =>
        Assert.NotEqual(ExpressionParser.Parse(a), ExpressionParser.Parse(b));

    [Fact]
    public void Rewrite_WhenANodeIsReplaced_ThenItIsNotLookedAtAgain()
    {
        Expression expression = ExpressionParser.Parse("sum(revenue * rate) / sum(revenue) + count(*) - a");
        var met = new List<string>();
        Expression rewritten = expression.Rewrite(node =>
        {
            if (node is CallExpression call && ExpressionFunctions.IsAggregate(call.Name))
            {
                met.Add(call.ToString());
                return new ColumnExpression(call.Position, $"#{met.Count}");
            }

            return null;
        });
        Assert.Equal(["sum(revenue * rate)", "sum(revenue)", "count(*)"], met);
        Assert.Equal("\"#1\" / \"#2\" + \"#3\" - a", rewritten.ToString());
        Assert.Equal("sum(revenue * rate) / sum(revenue) + count(*) - a", expression.ToString());
    }

    [Fact]
    public void Rewrite_WhenNothingIsReplaced_ThenEqualTree()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Expression expression = new RandomExpressions(new Random(seed)).Any(5);
            Assert.Equal(expression, expression.Rewrite(_ => null));
        }
    }

    [Fact]
    public void DescendantsAndSelf_WhenNested_ThenEachNodeInTheOrderOfTheText()
    {
        Expression expression = ExpressionParser.Parse("case a when b then c + d else -e end in (f, g(h)) and i between j and cast(k as date)");
        Assert.Equal(
            ["a", "b", "c", "d", "e", "f", "h", "i", "j", "k"],
            expression.DescendantsAndSelf().OfType<ColumnExpression>().Select(column => column.Name));
        Assert.Equal(18, expression.DescendantsAndSelf().Count());
    }

    [Fact]
    public void Number_WhenExtreme_ThenWritesAndReadsBack()
    {
        foreach (Int128 units in new[] { Int128.MinValue, Int128.MaxValue, 0, -1 })
        {
            foreach (int scale in new[] { 0, 1, 30 })
            {
                var literal = LiteralExpression.Number(units, scale);
                Assert.Equal(literal, ExpressionParser.Parse(literal.ToString()));
            }
        }
    }
}
