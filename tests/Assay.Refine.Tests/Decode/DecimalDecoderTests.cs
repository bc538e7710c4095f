using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

public sealed class DecimalDecoderTests
{
    [Theory]
    [InlineData("12.34", 14, 4, 123_400)]
    [InlineData("5", 14, 4, 50_000)]
    [InlineData(".5", 14, 4, 5_000)]
    [InlineData("5.", 14, 4, 50_000)]
    [InlineData("-.5", 14, 4, -5_000)]
    [InlineData("+5.", 14, 4, 50_000)]
    [InlineData("\u22121.25", 14, 4, -12_500)]
    [InlineData("1e3", 14, 4, 10_000_000)]
    [InlineData("1E-3", 14, 4, 10)]
    [InlineData("1.5e+2", 14, 4, 1_500_000)]
    [InlineData("12345e-4", 14, 4, 12_345)]
    [InlineData("0e999999999999", 14, 4, 0)]
    [InlineData("1e0000001", 14, 4, 100_000)]
    [InlineData("1e-0000001", 14, 4, 1_000)]
    [InlineData("-0", 14, 4, 0)]
    [InlineData("-0.00000000", 14, 4, 0)]
    [InlineData("0.0001", 14, 4, 1)]
    [InlineData("0.00010000000000000000000000", 14, 4, 1)]
    [InlineData("1.50000", 14, 4, 15_000)]
    [InlineData("000000000000000000000000001.5", 14, 4, 15_000)]
    [InlineData("9999999999.9999", 14, 4, 99_999_999_999_999)]
    [InlineData("-9999999999.9999", 14, 4, -99_999_999_999_999)]
    [InlineData("999999999999999999", 18, 0, 999_999_999_999_999_999)]
    [InlineData("0.999999999999999999", 18, 18, 999_999_999_999_999_999)]
    [InlineData("9999999999999999.99", 18, 2, 999_999_999_999_999_999)]
    [InlineData("10000000000000000e-18", 18, 18, 10_000_000_000_000_000)]
    [InlineData("1", 5, 4, 10_000)]
    [InlineData("0.0500", 5, 4, 500)]
    [InlineData("١٢.٥", 14, 4, 125_000)]
    [InlineData("  7.25 ", 14, 4, 72_500)]
    public void Decode_WhenTheTextIsANumber_ThenIsItsUnits(string text, int precision, int scale, long units) =>
        Assert.Equal(Decoded.Of(units), Decoding.One(Column(precision, scale), text));

    [Theory]
    [InlineData("0.00005", 14, 4, FaultCode.TooManyDecimals)]
    [InlineData("1.00001", 14, 4, FaultCode.TooManyDecimals)]
    [InlineData("1E-5", 14, 4, FaultCode.TooManyDecimals)]
    [InlineData("1e-400", 14, 4, FaultCode.TooManyDecimals)]
    [InlineData("1e-99999999999999999999", 14, 4, FaultCode.TooManyDecimals)]
    [InlineData("0.5", 18, 0, FaultCode.TooManyDecimals)]
    [InlineData("1e400", 14, 4, FaultCode.OutOfRange)]
    [InlineData("1e99999999999999999999", 14, 4, FaultCode.OutOfRange)]
    [InlineData("10000000000", 14, 4, FaultCode.OutOfRange)]
    [InlineData("-10000000000", 14, 4, FaultCode.OutOfRange)]
    [InlineData("10", 5, 4, FaultCode.OutOfRange)]
    [InlineData("1", 18, 18, FaultCode.OutOfRange)]
    [InlineData("1000000000000000000", 18, 0, FaultCode.OutOfRange)]
    [InlineData("99999999999999999999999999999999999999999999", 18, 0, FaultCode.OutOfRange)]
    [InlineData("92233720368547758.08", 18, 2, FaultCode.OutOfRange)]
    [InlineData("nan", 14, 4, FaultCode.NotANumber)]
    [InlineData("inf", 14, 4, FaultCode.NotANumber)]
    [InlineData("-Infinity", 14, 4, FaultCode.NotANumber)]
    [InlineData(".", 14, 4, FaultCode.NotANumber)]
    [InlineData("-.", 14, 4, FaultCode.NotANumber)]
    [InlineData("..", 14, 4, FaultCode.NotANumber)]
    [InlineData("1..2", 14, 4, FaultCode.NotANumber)]
    [InlineData("1.2.3", 14, 4, FaultCode.NotANumber)]
    [InlineData("1,5", 14, 4, FaultCode.NotANumber)]
    [InlineData("1e", 14, 4, FaultCode.NotANumber)]
    [InlineData("1e+", 14, 4, FaultCode.NotANumber)]
    [InlineData("1e1.5", 14, 4, FaultCode.NotANumber)]
    [InlineData("e5", 14, 4, FaultCode.NotANumber)]
    [InlineData("1 .5", 14, 4, FaultCode.NotANumber)]
    [InlineData("$1.50", 14, 4, FaultCode.NotANumber)]
    [InlineData("12345.6/", 14, 4, FaultCode.NotANumber)]
    public void Decode_WhenTheTextDoesNotFit_ThenIsAFault(string text, int precision, int scale, FaultCode code) =>
        Assert.Equal(Decoded.Bad(code), Decoding.One(Column(precision, scale), text));

    [Fact]
    public void Decode_WhenAnExponentIsLongerThanAnInteger_ThenItIsNotCutOff()
    {
        // 1 with ten thousand zeros behind it, times 10^-100000: far too small, and not 1.
        string text = "1" + new string('0', 10_000) + "e-100000";

        Assert.Equal(Decoded.Bad(FaultCode.TooManyDecimals), Decoding.One(Column(14, 4), text));
        Assert.Equal(Decoded.Of(10_000), Decoding.One(Column(14, 4), "1" + new string('0', 10_000) + "e-10000"));
    }

    private static ColumnDefinition Column(int precision, int scale) =>
        Decoding.Column(ColumnType.Decimal(precision, scale), CleaningRuleTests.Rule("trim"));
}
