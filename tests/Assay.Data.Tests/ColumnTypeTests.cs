namespace Assay.Data.Tests;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("string", "string")]
    [InlineData("Integer", "integer")]
    [InlineData(" boolean ", "boolean")]
    [InlineData("DATE", "date")]
    [InlineData("timestamp", "timestamp")]
    [InlineData("decimal(12,2)", "decimal(12,2)")]
    [InlineData("Decimal( 18 , 18 )", "decimal(18,18)")]
    [InlineData("decimal(1,0)", "decimal(1,0)")]
    public void TryParse_WhenKnown_ThenThatType(string text, string expected)
    {
        Assert.True(ColumnType.TryParse(text, out ColumnType type));
        Assert.Equal(expected, type.ToString());
        Assert.True(ColumnType.TryParse(type.ToString(), out ColumnType back));
        Assert.Equal(type, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("decimal")]
    [InlineData("decimal()")]
    [InlineData("decimal(12)")]
    [InlineData("decimal(12,2,1)")]
    [InlineData("decimal(0,0)")]
    [InlineData("decimal(19,2)")]
    [InlineData("decimal(5,6)")]
    [InlineData("decimal(-5,2)")]
    [InlineData("decimal(5,-2)")]
    [InlineData("decimal(5,2")]
    [InlineData("decimal(99999999999,2)")]
    public void TryParse_WhenUnknown_ThenFalse(string text) => Assert.False(ColumnType.TryParse(text, out _));

    [Fact]
    public void IsNumeric_WhenIntegerOrDecimal_ThenTrue()
    {
        ColumnType[] numeric = [.. new[]
        {
            ColumnType.String, ColumnType.Integer, ColumnType.Decimal(5, 2), ColumnType.Boolean, ColumnType.Date, ColumnType.Timestamp,
        }.Where(type => type.IsNumeric)];
        Assert.Equal([ColumnType.Integer, ColumnType.Decimal(5, 2)], numeric);
    }
}
