using System.Text;
using Assay.Data;

namespace Assay.Refine.Tests.Rules;

/// <summary>What holds for any text, tried on many that are drawn from a fixed seed.</summary>
public sealed class CleaningRulePropertyTests
{
    private const string Frequent = " '’-_/([.&,+;:\"0123456789aAbBiIsSoOlLvVeE\t\u00A0";

    private static readonly (string Name, RuleArgument? Argument)[] Rules =
    [
        ("trim", null), ("collapse_spaces", null), ("lower", null), ("upper", null), ("title_case", null), ("digits", null),
        ("currency", null), ("thousands", null), ("number", null),
        ("number", CleaningRuleTests.Options(("decimal", ","), ("group", "."))),
        ("number", CleaningRuleTests.Options(("group", ","))),
        ("email", null), ("phone_in", null),
        ("email", CleaningRuleTests.Options(("invalid", "null"))),
        ("unit", new RuleArgument { Items = ["unit", "units"] }),
        ("default", new RuleArgument { Text = "none" }),
        ("null_if", new RuleArgument { Items = ["a", "1"] }),
        ("map", CleaningRuleTests.Options(("a", "B"), ("i", "3"))),
    ];

    [Fact]
    public void TitleCase_WhenAppliedTwice_ThenGivesTheSame()
    {
        CleaningRule rule = CleaningRuleTests.Rule("title_case");
        foreach (string text in Texts(200_000))
        {
            AssertStable(rule, text);
        }
    }

    [Fact]
    public void TitleCase_WhenGivenEveryLetter_ThenIsStable()
    {
        CleaningRule rule = CleaningRuleTests.Rule("title_case");
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            if (Rune.IsValid(code))
            {
                string text = new Rune(code) + "o'" + new Rune(code) + new Rune(code);
                AssertStable(rule, text);
            }
        }
    }

    [Fact]
    public void Rule_WhenGivenAnyText_ThenGivesTextOrNothingOrAFault()
    {
        foreach ((string name, RuleArgument? argument) in Rules)
        {
            CleaningRule rule = CleaningRuleTests.Rule(name, argument);
            foreach (string text in Texts(5_000))
            {
                CleanText clean = rule.Apply(text);
                Assert.True(clean.Fault == FaultCode.None || clean.Text == text, name);
            }
        }
    }

    [Fact]
    public void Rule_WhenItSaysThatItKeepsPlainNumbers_ThenItDoes()
    {
        var random = new Random(7);
        foreach ((string name, RuleArgument? argument) in Rules)
        {
            CleaningRule rule = CleaningRuleTests.Rule(name, argument);
            for (int i = 0; rule.KeepsPlainNumbers && i < 2_000; i++)
            {
                string text = random.Next(10_000).ToString();
                text = random.Next(2) == 0 ? text : text.Insert(random.Next(text.Length + 1), ".");
                Assert.Equal(new CleanText(text), rule.Apply(text));
            }
        }
    }

    [Theory]
    [InlineData("trim", true)]
    [InlineData("title_case", true)]
    [InlineData("currency", true)]
    [InlineData("thousands", true)]
    [InlineData("number", true)]
    [InlineData("digits", false)]
    [InlineData("email", false)]
    [InlineData("phone_in", false)]
    public void KeepsPlainNumbers_WhenAsked_ThenIsTrueOfRulesThatDo(string name, bool keeps) =>
        Assert.Equal(keeps, CleaningRuleTests.Rule(name).KeepsPlainNumbers);

    [Fact]
    public void KeepsPlainNumbers_WhenTheRuleSpeaksOfANumber_ThenIsFalse()
    {
        Assert.True(CleaningRuleTests.Rule("null_if", new RuleArgument { Items = ["N/A"] }).KeepsPlainNumbers);
        Assert.False(CleaningRuleTests.Rule("null_if", new RuleArgument { Items = ["N/A", "999"] }).KeepsPlainNumbers);
        Assert.False(CleaningRuleTests.Rule("number", CleaningRuleTests.Options(("decimal", ","), ("group", "."))).KeepsPlainNumbers);
        Assert.True(CleaningRuleTests.Rule("map", CleaningRuleTests.Options(("one", "One"))).KeepsPlainNumbers);
        Assert.False(CleaningRuleTests.Rule("map", CleaningRuleTests.Options(("1.0", "One"))).KeepsPlainNumbers);
    }

    private static void AssertStable(CleaningRule rule, string text)
    {
        string once = rule.Apply(text).Text!;
        string twice = rule.Apply(once).Text!;
        if (once != twice)
        {
            Assert.Fail($"'{text}' gives '{once}', and that gives '{twice}'");
        }
    }

    private static IEnumerable<string> Texts(int count)
    {
        var random = new Random(42);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Clear();
            for (int length = random.Next(12); length > 0; length--)
            {
                int kind = random.Next(10);
                int code = kind < 7 ? Frequent[random.Next(Frequent.Length)] : kind < 9 ? random.Next(0x600) : random.Next(0x11000);
                text.Append(Rune.IsValid(code) ? new Rune(code) : new Rune('x'));
            }

            yield return text.ToString();
        }
    }
}
