namespace Assay.Data.Tests;

public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("a+b*c", "a + b * c")]
    [InlineData("(a+b)*c", "(a + b) * c")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("(a-b)-c", "a - b - c")]
    [InlineData("a / b / c", "a / b / c")]
    [InlineData("NOT a = 1 AND b OR c", "not a = 1 and b or c")]
    [InlineData("not (a and b)", "not (a and b)")]
    [InlineData("a or b and c", "a or b and c")]
    [InlineData("(a or b) and c", "(a or b) and c")]
    [InlineData("a = 1 is null", "a = 1 is null")]
    [InlineData("a = (b is null)", "a = (b is null)")]
    [InlineData("not a is not null", "not a is not null")]
    [InlineData("a != 1", "a <> 1")]
    [InlineData("a || b + 1", "a || b + 1")]
    [InlineData("(a || b) + 1", "(a || b) + 1")]
    [InlineData("a || b = c", "a || b = c")]
    [InlineData("-a * -5 - -6.50", "-a * -5 - -6.50")]
    [InlineData("-(5)", "-(5)")]
    [InlineData("- -a", "-(-a)")]
    [InlineData("+a", "a")]
    [InlineData("-(a + b)", "-(a + b)")]
    [InlineData(".5", "0.5")]
    [InlineData("007", "7")]
    [InlineData("1.50", "1.50")]
    [InlineData("'it''s'", "'it''s'")]
    [InlineData("''", "''")]
    [InlineData("\"order id\" + \"a\"\"b\" + \"plain\" + \"end\"", "\"order id\" + \"a\"\"b\" + plain + \"end\"")]
    [InlineData("x BETWEEN 1 AND 2 AND y", "x between 1 and 2 and y")]
    [InlineData("x not between 1 and 2", "x not between 1 and 2")]
    [InlineData("x in (1,2)", "x in (1, 2)")]
    [InlineData("x not in ('a')", "x not in ('a')")]
    [InlineData("(x in (1)) = true", "x in (1) = true")]
    [InlineData("Coalesce(Region, 'Unknown')", "coalesce(Region, 'Unknown')")]
    [InlineData("COUNT( * )", "count(*)")]
    [InlineData("count(DISTINCT customer)", "count(distinct customer)")]
    [InlineData("rank()", "rank()")]
    [InlineData("case when a then 1 when b then 2 else 3 end", "case when a then 1 when b then 2 else 3 end")]
    [InlineData("CASE x WHEN 1 THEN 'a' END", "case x when 1 then 'a' end")]
    [InlineData("cast(x as DECIMAL( 10, 2 ))", "cast(x as decimal(10,2))")]
    [InlineData("cast(x as decimal(38,30))", "cast(x as decimal(38,30))")]
    [InlineData("cast(x as string)", "cast(x as string)")]
    [InlineData("date '2024-02-29'", "date '2024-02-29'")]
    [InlineData("DATE'2024-02-29'", "date '2024-02-29'")]
    [InlineData("timestamp '2024-02-29T18:30:01.5'", "timestamp '2024-02-29 18:30:01.5'")]
    [InlineData("timestamp '2024-02-29 18:30'", "timestamp '2024-02-29 18:30:00'")]
    [InlineData("timestamp '2024-02-29'", "timestamp '2024-02-29 00:00:00'")]
    [InlineData("date", "date")]
    [InlineData("date(timestamp)", "date(timestamp)")]
    [InlineData("null or TRUE and False", "null or true and false")]
    [InlineData("umsatz_größe > 0", "umsatz_größe > 0")]
    [InlineData("  a\n\t+ b ", "a + b")]
    public void Parse_WhenValid_ThenCanonicalText(string text, string canonical)
    {
        Expression expression = ExpressionParser.Parse(text);
        Assert.Equal(canonical, expression.ToString());
        Assert.Equal(expression, ExpressionParser.Parse(canonical));
    }

    [Theory]
    [InlineData("", 0, "expected an expression, found the end", null)]
    [InlineData("a +", 3, "expected an expression, found the end", null)]
    [InlineData("a + * b", 4, "expected an expression, found `*`", null)]
    [InlineData("(a", 2, "expected `)`, found the end", null)]
    [InlineData("a)", 1, "expected an operator or the end, found `)`", null)]
    [InlineData("a b", 2, "expected an operator or the end, found `b`", null)]
    [InlineData("f(a,", 4, "expected an expression, found the end", null)]
    [InlineData("f(a b)", 4, "expected `)`, found `b`", null)]
    [InlineData("sum(distinct)", 12, "expected an expression, found `)`", null)]
    [InlineData("a < b < c", 6, "comparisons cannot be chained", "write `a < b and b < c`")]
    [InlineData("a == b", 3, "expected an expression, found `=`", null)]
    [InlineData("a && b", 2, "unexpected `&`", "write `and`")]
    [InlineData("a | b", 2, "unexpected `|`", "write `or`, or `||` to join texts")]
    [InlineData("!a", 0, "unexpected `!`", "write `not` or `<>`")]
    [InlineData("orders.total", 6, "unexpected `.`", "a column is named without its table")]
    [InlineData("${x}", 0, "unexpected `$`", "write a column's name as it is")]
    [InlineData("a + 😀", 4, "unexpected `😀`", null)]
    [InlineData("name = 'abc", 7, "this text is not closed", "text is written in single quotes, and a quote in it twice")]
    [InlineData("1 + \"a", 4, "this column name is not closed", null)]
    [InlineData("1.", 2, "a number needs a digit after its point", null)]
    [InlineData("1e3", 1, "unexpected `e` in a number", "write the number without an exponent")]
    [InlineData("12abc", 2, "unexpected `a` in a number", null)]
    [InlineData("1.2.3", 3, "unexpected `.` in a number", null)]
    [InlineData("1 + 200000000000000000000000000000000000000", 4, "this number does not fit in 128 bits", null)]
    [InlineData("0.1234567890123456789012345678901", 0, "a number can have at most 30 digits after its point, not 31", null)]
    [InlineData("a is 5", 5, "expected `null`, found `5`", null)]
    [InlineData("a between 1 or 2", 12, "expected `and`, found `or`", null)]
    [InlineData("a in 1", 5, "expected `(`, found `1`", null)]
    [InlineData("a in ()", 6, "expected an expression, found `)`", null)]
    [InlineData("name like 'a%'", 5, "expected an operator or the end, found `like`", "use `starts_with` or `contains`")]
    [InlineData("name not like 'a%'", 5, "expected an operator or the end, found `not`", "use `starts_with` or `contains`")]
    [InlineData("case a then b end", 7, "expected `when`, found `then`", null)]
    [InlineData("case when a then b", 18, "expected `end`, found the end", null)]
    [InlineData("case when a else b end", 12, "expected `then`, found `else`", null)]
    [InlineData("a + then", 4, "expected an expression, found `then`", null)]
    [InlineData("date '2024-02-30'", 5, "'2024-02-30' is not a date", "write it as date '2024-01-31'")]
    [InlineData("timestamp 'now'", 10, "'now' is not a timestamp", "write it as timestamp '2024-01-31 18:30:00'")]
    [InlineData("cast(a as money)", 10, "`money` is not a type", "a type is string, integer, decimal(precision, scale), boolean, date or timestamp")]
    [InlineData("cast(a as decimal(39,2))", 10, "`decimal` is not a type", "a type is string, integer, decimal(precision, scale), boolean, date or timestamp")]
    [InlineData("cast(a, integer)", 6, "expected `as`, found `,`", null)]
    public void Parse_WhenInvalid_ThenSaysWhereAndWhy(string text, int position, string message, string? hint)
    {
        ExpressionException exception = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
        Assert.Equal((position, message, hint), (exception.Position, exception.Message, exception.Hint));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("-(")]
    [InlineData("not ")]
    [InlineData("- ")]
    [InlineData("f(")]
    [InlineData("case when ")]
    [InlineData("cast(")]
    [InlineData("a in (")]
    public void Parse_WhenNestedTooDeep_ThenSaysSo(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 100_000));
        ExpressionException exception = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
        Assert.Equal("nested more than 200 levels deep", exception.Message);
    }

    [Theory]
    [InlineData(" + a")]
    [InlineData(" or a")]
    [InlineData(" is null")]
    public void Parse_WhenAChainIsTooLong_ThenSaysSo(string link)
    {
        Expression longest = ExpressionParser.Parse("a" + string.Concat(Enumerable.Repeat(link, ExpressionParser.MaxHeight - 1)));
        Assert.Equal(longest, ExpressionParser.Parse(longest.ToString()));

        string text = "a" + string.Concat(Enumerable.Repeat(link, 100_000));
        ExpressionException exception = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
        Assert.Equal((0, "more than 500 steps build on each other"), (exception.Position, exception.Message));
    }

    [Fact]
    public void Parse_WhenParenthesesAreManyButFlat_ThenReads() =>
        Assert.Equal(1001, ExpressionParser.Parse($"x in ({string.Join(", ", Enumerable.Repeat("(1)", 1000))})").Children.Count());

    [Theory]
    [InlineData("  region = 'x'", 2, 11)]
    [InlineData("1 + sum(a)", 4, 8)]
    public void Position_WhenParsed_ThenWhereTheNodeBegins(string text, int first, int second)
    {
        int[] positions = [.. ExpressionParser.Parse(text).DescendantsAndSelf().Select(node => node.Position)];
        Assert.Contains(first, positions);
        Assert.Contains(second, positions);
    }

    [Fact]
    public void Parse_WhenTextIsRandomRubbish_ThenOnlyAnExpressionException()
    {
        string[] pieces =
            ["a", "1", "1.5", "'x'", "(", ")", ",", "+", "-", "*", "||", "=", "<", "case", "when", "then", "end", "in", "not", "and", "is", "null", "between", "cast", "as", "date", "'", "\"", ".", " ", "😀"];
        var random = new Random(5);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Join(random.Next(2) == 0 ? " " : "", random.GetItems(pieces, random.Next(1, 9)));
            try
            {
                Expression expression = ExpressionParser.Parse(text);
                Assert.Equal(expression, ExpressionParser.Parse(expression.ToString()));
                parsed++;
            }
            catch (ExpressionException exception)
            {
                Assert.InRange(exception.Position, 0, text.Length);
            }
        }

        Assert.InRange(parsed, 100, 19_900);
    }
}
