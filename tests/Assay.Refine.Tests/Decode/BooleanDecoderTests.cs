using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

public sealed class BooleanDecoderTests
{
    private static readonly ColumnDefinition Flag = Decoding.Column(ColumnType.Boolean, CleaningRuleTests.Rule("trim"));

    [Theory]
    [InlineData("true", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("t", 1)]
    [InlineData("Yes", 1)]
    [InlineData("y", 1)]
    [InlineData(" 1 ", 1)]
    [InlineData("false", 0)]
    [InlineData("F", 0)]
    [InlineData("No", 0)]
    [InlineData("n", 0)]
    [InlineData("0", 0)]
    public void Decode_WhenTheTextIsATruthValue_ThenIsOneOrZero(string text, long value) =>
        Assert.Equal(Decoded.Of(value), Decoding.One(Flag, text));

    [Theory]
    [InlineData("2")]
    [InlineData("00")]
    [InlineData("tru")]
    [InlineData("on")]
    [InlineData("-")]
    public void Decode_WhenTheTextIsNone_ThenIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotABoolean), Decoding.One(Flag, text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Decode_WhenTheTextIsBlank_ThenIsMissing(string text) => Assert.Equal(Decoded.Null, Decoding.One(Flag, text));
}
