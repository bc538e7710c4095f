using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Decode;

namespace Assay.Refine.Tests.Rules;

public sealed class NumberRuleTests
{
    [Theory]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("1.234", "1234")]
    [InlineData("12.345.678,9", "12345678.9")]
    [InlineData("1234,5", "1234.5")]
    [InlineData("12", "12")]
    [InlineData(",5", ".5")]
    [InlineData("5,", "5.")]
    [InlineData("-1.234,50", "-1234.50")]
    [InlineData("- 5,00", "-5.00")]
    [InlineData("\u22125,00", "-5.00")]
    [InlineData("+5,00", "5.00")]
    [InlineData("12,50-", "-12.50")]
    [InlineData("12,50 \u2212", "-12.50")]
    [InlineData("(5,00)", "-5.00")]
    [InlineData("( 1.234,5 )", "-1234.5")]
    [InlineData(" 1.234,50\u00A0", "1234.50")]
    [InlineData("1,5E+03", "1.5E+03")]
    [InlineData("1e-2", "1e-2")]
    [InlineData("  ", "  ")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Number_WhenWrittenWithADecimalComma_ThenIsPlain(string? text, string? plain) =>
        Assert.Equal(new CleanText(plain), European.Apply(text));

    [Theory]
    [InlineData("12.34")]
    [InlineData("1.2345")]
    [InlineData("1234.567")]
    [InlineData("0.123")]
    [InlineData("1,234.50")]
    [InlineData("1,2,3")]
    [InlineData("1,234.567")]
    [InlineData(".123")]
    [InlineData("1..234")]
    [InlineData("1.234.")]
    [InlineData("1 234")]
    [InlineData("-5-")]
    [InlineData("(-5)")]
    [InlineData("(5")]
    [InlineData("()")]
    [InlineData("-")]
    [InlineData(",")]
    [InlineData("1.234e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("5 €")]
    [InlineData("n/a")]
    [InlineData("٣,٥")]
    public void Number_WhenNotWellFormed_ThenIsAFault(string text) =>
        Assert.Equal(new CleanText(text, FaultCode.NotANumber), European.Apply(text));

    [Theory]
    [InlineData(",", " ", "1 234,5", "1234.5")]
    [InlineData(",", " ", "1\u00A0234\u202F567,5", "1234567.5")]
    [InlineData(",", " ", "1.234,5", null)]
    [InlineData(".", "'", "1'234.50", "1234.50")]
    [InlineData(".", "'", "1\u2019234.50", "1234.50")]
    [InlineData(".", ",", "1,234.50", "1234.50")]
    [InlineData(".", ",", "1,23", null)]
    [InlineData(",", "none", "1234,50", "1234.50")]
    [InlineData(",", null, "1.234", null)]
    [InlineData(null, null, "(12.5)", "-12.5")]
    [InlineData(null, null, "1,234", null)]
    public void Number_WhenGivenAForm_ThenKnowsNoOther(string? point, string? group, string text, string? plain) =>
        Assert.Equal(plain is null ? new CleanText(text, FaultCode.NotANumber) : new CleanText(plain), Number(point, group).Apply(text));

    [Theory]
    [InlineData("12,34,567.50", "1234567.50")]
    [InlineData("1,234", "1234")]
    [InlineData("1,00,000", "100000")]
    [InlineData("123,456", null)]
    [InlineData("1,234,567", null)]
    public void Number_WhenIndian_ThenGroupsAreOfTwoDigitsButTheLast(string text, string? plain)
    {
        CleaningRule rule = CleaningRuleTests.Rule("number", CleaningRuleTests.Options(("group", ","), ("indian", "true")));
        Assert.Equal(plain is null ? new CleanText(text, FaultCode.NotANumber) : new CleanText(plain), rule.Apply(text));
    }

    [Theory]
    [InlineData("1.234,50 €", 123_450)]
    [InlineData("€ 1,25", 125)]
    [InlineData("-€1,25", -125)]
    [InlineData("€ -1,25", -125)]
    [InlineData("(1,25 EUR)", -125)]
    [InlineData("€(1,25)", -125)]
    [InlineData("1,25- EUR", -125)]
    [InlineData("1.234", 123_400)]
    [InlineData("1,25", 125)]
    [InlineData("CHF 12", 1_200)]
    public void Currency_WhenANumberFollows_ThenTheAmountIsReadAsThatSays(string text, long cents) =>
        Assert.Equal(Decoded.Of(cents), Decoding.One(Price("currency"), text));

    [Theory]
    [InlineData("€ 12.34")]
    [InlineData("1,234.50 €")]
    [InlineData("12.34")]
    [InlineData("-€-5")]
    public void Currency_WhenANumberFollows_ThenAnAmountOfAnotherFormIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotANumber), Decoding.One(Price("currency"), text));

    [Fact]
    public void Unit_WhenANumberFollows_ThenTheNumberIsReadAsThatSays()
    {
        CleaningRule unit = CleaningRuleTests.Rule("unit", new RuleArgument { Items = ["kg"] });
        ColumnDefinition column = Decoding.Column(ColumnType.Decimal(14, 2), unit, European);
        Assert.Equal(Decoded.Of(123_450), Decoding.One(column, "1.234,5 kg"));
        Assert.Equal(Decoded.Bad(FaultCode.NotANumber), Decoding.One(column, "1,234.5 kg"));
    }

    [Theory]
    [InlineData(",", "1.234", 123_400)]
    [InlineData(",", "1.23", null)]
    [InlineData(".", "1.23", 123)]
    public void Decode_WhenANumberIsPlain_ThenItsPointIsReadAsTheColumnSays(string point, string text, int? cents)
    {
        ColumnDefinition column = Decoding.Column(ColumnType.Decimal(14, 2), Number(point, point == "," ? "." : ","));
        Assert.Equal(cents is { } units ? Decoded.Of(units) : Decoded.Bad(FaultCode.NotANumber), Decoding.One(column, text));
    }

    [Theory]
    [InlineData(",", ".", "1.234,50", "1.234")]
    [InlineData(",", " ", "1 234,50", "1 234")]
    [InlineData(".", "'", "1'234.50", "1'234")]
    [InlineData(",", null, "1234,50", "1234")]
    public void Expectation_WhenNotANumber_ThenShowsTheForm(string point, string? group, string amount, string count)
    {
        var table = new TableDefinition
        {
            Name = "t",
            From = "s",
            Columns =
            [
                Decoding.Column(ColumnType.Decimal(14, 2), Number(point, group)),
                Decoding.Column(ColumnType.Integer, Number(point, group)) with { Name = "n" },
            ],
        };
        CleaningPlan plan = CleaningPlan.Create(table);
        Assert.Equal($"a number such as {amount}", plan.Expectation(0, FaultCode.NotANumber));
        Assert.Equal($"a whole number such as {count}", plan.Expectation(1, FaultCode.NotANumber));
    }

    private static CleaningRule European => Number(",", ".");

    private static ColumnDefinition Price(string before) =>
        Decoding.Column(ColumnType.Decimal(14, 2), CleaningRuleTests.Rule(before), European);

    private static CleaningRule Number(string? point, string? group) =>
        CleaningRuleTests.Rule("number", new RuleArgument
        {
            Entries = new[] { ("decimal", point), ("group", group) }.Where(entry => entry.Item2 is not null).ToDictionary(entry => entry.Item1, entry => entry.Item2),
        });
}
