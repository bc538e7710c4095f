using System.Globalization;

namespace Assay.Store.Tests.Engines;

public class DecimalTextTests
{
    [Theory]
    [InlineData("0", 2, "0")]
    [InlineData("-12.5", 2, "-1250")]
    [InlineData("+12.50", 1, "125")]
    [InlineData(".5", 3, "500")]
    [InlineData("5.", 0, "5")]
    [InlineData("12.3400000", 2, "1234")]
    [InlineData("99999999999999999999999999999999999999", 0, "99999999999999999999999999999999999999")]
    [InlineData("-170141183460469231731687303715884105728", 0, "-170141183460469231731687303715884105728")]
    public void Units_WhenANumber_ThenIsExact(string text, int scale, string expected) =>
        Assert.Equal(expected, DecimalText.Units(text, scale).ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1e5")]
    [InlineData("1.234")]
    [InlineData("NaN")]
    [InlineData("1 000")]
    public void Units_WhenNoSuchNumber_ThenIsRefused(string text) =>
        Assert.Throws<FormatException>(() => DecimalText.Units(text, 2));

    [Theory]
    [InlineData("170141183460469231731687303715884105728", 0)]
    [InlineData("99999999999999999999999999999999999999", 2)]
    public void Units_WhenItNeedsMoreThan128Bits_ThenIsRefused(string text, int scale) =>
        Assert.Throws<OverflowException>(() => DecimalText.Units(text, scale));
}
