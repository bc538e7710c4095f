using Assay.Data;

namespace Assay.Refine.Tests.Rules;

public sealed class CleaningRuleTests
{
    [Theory]
    [InlineData("  a b\t", "a b")]
    [InlineData("\u00A0\u2003a\u3000\r\n", "a")]
    [InlineData("\uFEFFa\uFEFF", "a")]
    [InlineData("a", "a")]
    [InlineData("   ", "")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Trim_WhenApplied_ThenTakesWhiteSpaceOffBothEnds(string? text, string? clean) => AssertClean("trim", text, clean);

    [Theory]
    [InlineData("a  b\t\nc", "a b c")]
    [InlineData("a b", "a b")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("  ", " ")]
    [InlineData(null, null)]
    public void CollapseSpaces_WhenApplied_ThenLeavesOneSpaceOfEachRun(string? text, string? clean) => AssertClean("collapse_spaces", text, clean);

    [Theory]
    [InlineData("ÉCLAIR 4K", "éclair 4k", "ÉCLAIR 4K")]
    [InlineData("straße", "straße", "STRAßE")]
    [InlineData("\U00010428", "\U00010428", "\U00010400")]
    [InlineData("I", "i", "I")]
    [InlineData(null, null, null)]
    public void LowerAndUpper_WhenApplied_ThenMapLetterByLetter(string? text, string? lower, string? upper)
    {
        AssertClean("lower", text, lower);
        AssertClean("upper", text, upper);
    }

    [Theory]
    [InlineData("laptop PRO", "Laptop Pro")]
    [InlineData("2nd gen", "2nd Gen")]
    [InlineData("4k tv", "4k Tv")]
    [InlineData("4K LED TV", "4k Led Tv")]
    [InlineData("o'neill JACKET", "O'Neill Jacket")]
    [InlineData("o’neill", "O’Neill")]
    [InlineData("it's", "It's")]
    [InlineData("i'm i'll i've", "I'm I'll I've")]
    [InlineData("men's t-shirt (blue)", "Men's T-Shirt (Blue)")]
    [InlineData("they're bill's", "They're Bill's")]
    [InlineData("usb-c cable", "Usb-C Cable")]
    [InlineData("unknown_region", "Unknown_Region")]
    [InlineData("a.b.c", "A.B.C")]
    [InlineData("either/or [x] +y &z ,w ;v", "Either/Or [X] +Y &Z ,W ;V")]
    [InlineData("toys & games", "Toys & Games")]
    [InlineData("x1y2z", "X1y2z")]
    [InlineData("n0rth", "N0rth")]
    [InlineData("#tag \"quoted\"", "#Tag \"Quoted\"")]
    [InlineData("éCLAIR ñandú", "Éclair Ñandú")]
    [InlineData("hello\tWORLD\nagain", "Hello\tWorld\nAgain")]
    [InlineData("日本", "日本")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void TitleCase_WhenApplied_ThenCapitalisesWords(string? text, string? clean) => AssertClean("title_case", text, clean);

    [Theory]
    [InlineData("a1b2", "12")]
    [InlineData("(022) 1234-5678", "02212345678")]
    [InlineData("12", "12")]
    [InlineData("2.5", "25")]
    [InlineData("٣", null)]
    [InlineData("none", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Digits_WhenApplied_ThenKeepsDigitsOnly(string? text, string? clean) => AssertClean("digits", text, clean);

    [Theory]
    [InlineData("1,000", "1000")]
    [InlineData("12,345,678.90", "12345678.90")]
    [InlineData("-1,234", "-1234")]
    [InlineData("999", "999")]
    [InlineData("1,00", "1,00")]
    [InlineData("1000,000", "1000,000")]
    [InlineData("1,000,00", "1,000,00")]
    [InlineData(",100", ",100")]
    [InlineData("0.1,000", "0.1,000")]
    [InlineData("1,000 units", "1,000 units")]
    [InlineData("a,bcd", "a,bcd")]
    [InlineData(null, null)]
    public void Thousands_WhenApplied_ThenTakesOutCommasBetweenGroupsOfThree(string? text, string? clean) => AssertClean("thousands", text, clean);

    [Theory]
    [InlineData("$100.50", "100.50")]
    [InlineData("$ 1,234.50", "1234.50")]
    [InlineData("-$5", "-5")]
    [InlineData("$-5", "-5")]
    [InlineData("100 USD", "100")]
    [InlineData("eur 7", "7")]
    [InlineData("₹1,000", "1000")]
    [InlineData("5€", "5")]
    [InlineData("1,234", "1234")]
    [InlineData("12.5", "12.5")]
    [InlineData("abc 5", "abc 5")]
    [InlineData("$$5", "$$5")]
    [InlineData("$5 USD", "$5 USD")]
    [InlineData("$", "$")]
    [InlineData("5-10 $", "5-10 $")]
    [InlineData("-$-5", "-$-5")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Currency_WhenApplied_ThenLeavesTheAmount(string? text, string? clean) => AssertClean("currency", text, clean);

    [Theory]
    [InlineData("$5", "5")]
    [InlineData("Rs. 5", "5")]
    [InlineData("rs 5", "5")]
    [InlineData("5 inr", "5")]
    [InlineData("€5", "€5")]
    [InlineData("USD 5", "USD 5")]
    public void Currency_WhenGivenAList_ThenKnowsNoOther(string text, string clean) =>
        AssertClean(Rule("currency", new RuleArgument { Items = ["$", "Rs", "Rs.", "INR"] }), text, clean);

    [Theory]
    [InlineData("5 units", "5")]
    [InlineData("12UNITS", "12")]
    [InlineData("1 Unit", "1")]
    [InlineData("1,000 units", "1,000")]
    [InlineData("+2.5 units", "+2.5")]
    [InlineData("5", "5")]
    [InlineData("units", "units")]
    [InlineData("5-10 units", "5-10 units")]
    [InlineData("5 unit s", "5 unit s")]
    [InlineData("5 boxes", "5 boxes")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Unit_WhenApplied_ThenTakesItOffNumbers(string? text, string? clean) =>
        AssertClean(Rule("unit", new RuleArgument { Items = ["unit", "units"] }), text, clean);

    [Theory]
    [InlineData(" USER@Example.COM ", "user@example.com")]
    [InlineData("a@@b.c", "a@@b.c")]
    [InlineData("@b.c", "@b.c")]
    [InlineData("a@.", "a@.")]
    [InlineData("ü@ä.de", "ü@ä.de")]
    [InlineData("a@b@c.d", "a@b@c.d")]
    [InlineData("   ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Email_WhenValidOrMissing_ThenIsTrimmedAndLowered(string? text, string? clean) => AssertClean("email", text, clean);

    [Theory]
    [InlineData("a@b")]
    [InlineData("a.b@c")]
    [InlineData("a@b.c@d")]
    [InlineData("no-at.com")]
    [InlineData("12")]
    public void Email_WhenInvalid_ThenIsAFaultOrMissing(string text)
    {
        Assert.Equal(new CleanText(text, FaultCode.NotAnEmail), Rule("email").Apply(text));
        Assert.Equal(default, Rule("email", Options(("invalid", "null"))).Apply(text));
        Assert.Equal(default, Rule("email", Options(("invalid", null))).Apply(text));
        Assert.Equal(FaultCode.NotAnEmail, Rule("email", Options(("invalid", "fault"))).Apply(text).Fault);
    }

    [Theory]
    [InlineData("+91 98765 43210", "9876543210")]
    [InlineData("91-9876543210", "9876543210")]
    [InlineData("09876543210", "9876543210")]
    [InlineData("9876543210", "9876543210")]
    [InlineData("(98765) 43.210", "9876543210")]
    [InlineData("+91 (0) 98765 43210", "9876543210")]
    [InlineData("9123456781", "9123456781")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void PhoneIn_WhenValidOrMissing_ThenIsTheNationalNumber(string? text, string? clean)
    {
        AssertClean("phone_in", text, clean);
        AssertClean(Rule("phone", Options(("country", "91"), ("digits", "10"), ("first", "6-9"))), text, clean);
    }

    [Theory]
    [InlineData("5876543210")]
    [InlineData("+1 98765 43210")]
    [InlineData("987654321")]
    [InlineData("98765432100")]
    [InlineData("919876543210919876543210919876543210")]
    [InlineData("98765x43210")]
    [InlineData("+")]
    [InlineData("98765+43210")]
    [InlineData("٩876543210")]
    [InlineData("0919876543210")]
    public void PhoneIn_WhenInvalid_ThenIsAFaultOrMissing(string text)
    {
        Assert.Equal(new CleanText(text, FaultCode.NotAPhone), Rule("phone_in").Apply(text));
        Assert.Equal(default, Rule("phone_in", Options(("invalid", "null"))).Apply(text));
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("", "anonymous")]
    [InlineData(" \t", "anonymous")]
    [InlineData(null, "anonymous")]
    public void Default_WhenApplied_ThenStandsForMissingAndBlank(string? text, string clean) =>
        AssertClean(Rule("default", new RuleArgument { Text = "anonymous" }), text, clean);

    [Theory]
    [InlineData("N/A", null)]
    [InlineData("n/a", null)]
    [InlineData("NULL", null)]
    [InlineData("nullable", "nullable")]
    [InlineData(null, null)]
    public void NullIf_WhenApplied_ThenMakesItsTextsMissing(string? text, string? clean) =>
        AssertClean(Rule("null_if", new RuleArgument { Items = ["N/A", "null"] }), text, clean);

    [Theory]
    [InlineData("laptop pro", "Laptop Pro 15")]
    [InlineData("LAPTOP PRO", "Laptop Pro 15")]
    [InlineData("laptop pro 15", "Laptop Pro 15")]
    [InlineData("Men's T-Shirt (BLUE)", "Men's T-shirt (Blue)")]
    [InlineData("mens t-shirt", "Men's T-shirt (Blue)")]
    [InlineData("Office Chair", "Office Chair")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Map_WhenApplied_ThenKnowsSpellingsAndNames(string? text, string? clean) => AssertClean(
        Rule("map", Options(("laptop pro", "Laptop Pro 15"), ("mens t-shirt", "Men's T-shirt (Blue)"))), text, clean);

    [Fact]
    public void Map_WhenASpellingIsAnothersName_ThenTheSpellingCounts()
    {
        CleaningRule rule = Rule("map", Options(("a", "b"), ("b", "c")));
        Assert.Equal(["b", "c", "c"], new[] { "a", "b", "c" }.Select(text => rule.Apply(text).Text));
    }

    internal static CleaningRule Rule(string name, RuleArgument? argument = null)
    {
        CleaningRule? rule = CleaningRuleCatalog.Default.Create(name, argument ?? RuleArgument.None, new Dictionary<string, IReadOnlyDictionary<string, string>>(), out RuleProblem? problem);
        Assert.Null(problem);
        return rule!;
    }

    internal static RuleArgument Options(params (string Key, string? Value)[] options) =>
        new() { Entries = options.ToDictionary(option => option.Key, option => option.Value) };

    private static void AssertClean(string rule, string? text, string? clean) => AssertClean(Rule(rule), text, clean);

    private static void AssertClean(CleaningRule rule, string? text, string? clean) => Assert.Equal(new CleanText(clean), rule.Apply(text));
}
