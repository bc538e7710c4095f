namespace Assay.Data.Tests;

public sealed class ArithmeticTests
{
    private static readonly ColumnType Price = ColumnType.Decimal(14, 4);

    [Fact]
    public void Product_WhenScalesDiffer_ThenTheyAddUp() => Assert.Equal(
        "1620.00000000",
        ScalarEvaluation.Of(
            "quantity * unit_price * (1 - discount_percent)",
            ("quantity", ColumnType.Integer, "2"),
            ("unit_price", Price, "900"),
            ("discount_percent", ColumnType.Decimal(5, 4), "0.1")));

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("1.5 + 2", "3.5")]
    [InlineData("1.5 - 2.25", "-0.75")]
    [InlineData("-(5)", "-5")]
    [InlineData("- -5", "5")]
    [InlineData("7 % 3", "1")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7.5 % 2", "1.5")]
    [InlineData("7 % 0", "null")]
    [InlineData("1 / 0", "null")]
    [InlineData("1 / 2", "0.500000")]
    [InlineData("1 / 3", "0.333333")]
    [InlineData("2 / 3", "0.666666")]
    [InlineData("1 / 1000000", "0.000001")]
    [InlineData("1 / 10000000", "0.000001")]
    [InlineData("-1 / 10000000", "-0.000001")]
    [InlineData("1.00 / 8", "0.12500000")]
    [InlineData("null + 1", "null")]
    [InlineData("9223372036854775807 + 1", "9223372036854775808")]
    [InlineData("9223372036854775807 * 9223372036854775807", "85070591730234615847396907784232501249")]
    public void Constant_WhenComputed_ThenExact(string text, string expected) => Assert.Equal(expected, ScalarEvaluation.Of(text));

    [Theory]
    [InlineData("year_month(date '2024-02-29')", "2024-02")]
    [InlineData("year_month(timestamp '1969-12-31 23:59:59')", "1969-12")]
    [InlineData("1 < 2 and null", "null")]
    [InlineData("1 > 2 and null", "false")]
    [InlineData("1 < 2 or null", "true")]
    public void Logic_WhenNull_ThenKleene(string text, string expected) => Assert.Equal(expected, ScalarEvaluation.Of(text));
}
