using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

public sealed class IntegerDecoderTests
{
    private static readonly ColumnDefinition Quantity = Decoding.Column(
        ColumnType.Integer,
        CleaningRuleTests.Rule("trim"),
        CleaningRuleTests.Rule("unit", new RuleArgument { Items = ["unit", "units"] }),
        CleaningRuleTests.Rule("thousands"));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("10", 10)]
    [InlineData("007", 7)]
    [InlineData("+5", 5)]
    [InlineData("-5", -5)]
    [InlineData(" -5 ", -5)]
    [InlineData("\u22125", -5)]
    [InlineData("-0", 0)]
    [InlineData("5 units", 5)]
    [InlineData("5units", 5)]
    [InlineData("1 unit", 1)]
    [InlineData("12 Units", 12)]
    [InlineData("1,000", 1000)]
    [InlineData("1,000 units", 1000)]
    [InlineData("-12,345,678", -12_345_678)]
    [InlineData("2.0", 2)]
    [InlineData("2.", 2)]
    [InlineData("2.000000000000000000000000", 2)]
    [InlineData(".0", 0)]
    [InlineData("-.0", 0)]
    [InlineData("  3", 3)]
    [InlineData("3\t", 3)]
    [InlineData("\u00A03\u3000", 3)]
    [InlineData("١٢", 12)]
    [InlineData("１２", 12)]
    [InlineData("٣", 3)]
    [InlineData("१०", 10)]
    [InlineData("𝟜𝟚", 42)]
    [InlineData("12345678", 12_345_678)]
    [InlineData("123456789", 123_456_789)]
    [InlineData("999999999999999999", 999_999_999_999_999_999)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("00000000000000000000000000000000000000000000000000000000012", 12)]
    public void Decode_WhenTheTextIsAWholeNumber_ThenIsItsValue(string text, long value) =>
        Assert.Equal(Decoded.Of(value), Decoding.One(Quantity, text));

    [Theory]
    [InlineData("2.5", FaultCode.NotAnInteger)]
    [InlineData("0.5", FaultCode.NotAnInteger)]
    [InlineData(".5", FaultCode.NotAnInteger)]
    [InlineData("1e3", FaultCode.NotAnInteger)]
    [InlineData("1E0", FaultCode.NotAnInteger)]
    [InlineData("2.5 units", FaultCode.NotAnInteger)]
    [InlineData("99999999999999999999", FaultCode.OutOfRange)]
    [InlineData("9223372036854775808", FaultCode.OutOfRange)]
    [InlineData("-9223372036854775809", FaultCode.OutOfRange)]
    [InlineData("340282366920938463463374607431768211456000000", FaultCode.OutOfRange)]
    [InlineData("5-10", FaultCode.NotANumber)]
    [InlineData("(5)", FaultCode.NotANumber)]
    [InlineData("x-3", FaultCode.NotANumber)]
    [InlineData("1/2", FaultCode.NotANumber)]
    [InlineData("0x10", FaultCode.NotANumber)]
    [InlineData("1_000", FaultCode.NotANumber)]
    [InlineData("1,00", FaultCode.NotANumber)]
    [InlineData(",100", FaultCode.NotANumber)]
    [InlineData("1 000", FaultCode.NotANumber)]
    [InlineData("5-", FaultCode.NotANumber)]
    [InlineData("--5", FaultCode.NotANumber)]
    [InlineData("- 5", FaultCode.NotANumber)]
    [InlineData("+-5", FaultCode.NotANumber)]
    [InlineData("~4", FaultCode.NotANumber)]
    [InlineData("$5", FaultCode.NotANumber)]
    [InlineData("units", FaultCode.NotANumber)]
    [InlineData("-", FaultCode.NotANumber)]
    [InlineData("+", FaultCode.NotANumber)]
    [InlineData(".", FaultCode.NotANumber)]
    [InlineData("1.2.3", FaultCode.NotANumber)]
    [InlineData("1e", FaultCode.NotANumber)]
    [InlineData("e3", FaultCode.NotANumber)]
    [InlineData("N/A", FaultCode.NotANumber)]
    [InlineData("null", FaultCode.NotANumber)]
    [InlineData("NaN", FaultCode.NotANumber)]
    [InlineData("inf", FaultCode.NotANumber)]
    [InlineData("½", FaultCode.NotANumber)]
    [InlineData("Ⅻ", FaultCode.NotANumber)]
    [InlineData("5\0", FaultCode.NotANumber)]
    [InlineData("12:34567", FaultCode.NotANumber)]
    [InlineData("1234567/", FaultCode.NotANumber)]
    public void Decode_WhenTheTextIsNone_ThenIsAFault(string text, FaultCode code) =>
        Assert.Equal(Decoded.Bad(code), Decoding.One(Quantity, text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\u00A0")]
    public void Decode_WhenTheTextIsBlank_ThenIsMissing(string text) => Assert.Equal(Decoded.Null, Decoding.One(Quantity, text));

    [Fact]
    public void Decode_WhenTheRecordHasNoSuchField_ThenIsMissing() =>
        Assert.Equal([Decoded.Null, Decoded.Of(4)], Decoding.All(Decoding.Decoder(Quantity), Records.Of([null], ["4"])));

    [Fact]
    public void Decode_WhenARuleChangesPlainNumbers_ThenTheRuleIsRun()
    {
        ColumnDefinition mapped = Decoding.Column(ColumnType.Integer, CleaningRuleTests.Rule("map", CleaningRuleTests.Options(("9", "10"), ("none", "0"))));
        ColumnDefinition sentinel = Decoding.Column(ColumnType.Integer, CleaningRuleTests.Rule("null_if", new RuleArgument { Items = ["-1", "999"] }));

        Assert.Equal(Decoded.Of(10), Decoding.One(mapped, "9"));
        Assert.Equal(Decoded.Of(0), Decoding.One(mapped, "none"));
        Assert.Equal(Decoded.Of(8), Decoding.One(mapped, "8"));
        Assert.Equal(Decoded.Null, Decoding.One(sentinel, "999"));
        Assert.Equal(Decoded.Null, Decoding.One(sentinel, "-1"));
        Assert.Equal(Decoded.Of(99), Decoding.One(sentinel, "99"));
    }
}
