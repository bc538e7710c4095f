namespace Assay.Refine.Tests.Rules;

public sealed class CleaningRuleCatalogTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Maps = new()
    {
        ["regions"] = new Dictionary<string, string> { ["nort"] = "North" },
    };

    [Fact]
    public void Names_WhenAsked_ThenAreAllRules() => Assert.Equal(
        ["trim", "collapse_spaces", "lower", "upper", "title_case", "map", "digits", "currency", "unit", "number", "thousands", "email", "phone", "phone_in", "default", "null_if"],
        CleaningRuleCatalog.Default.Names);

    [Fact]
    public void Create_WhenGivenTheNameOfAMap_ThenUsesIt()
    {
        CleaningRule? rule = CleaningRuleCatalog.Default.Create("map", new RuleArgument { Text = "regions" }, Maps, out RuleProblem? problem);
        Assert.Null(problem);
        Assert.Equal("North", rule!.Apply("NORT").Text);
    }

    [Theory]
    [InlineData("tirm", null, "unknown cleaning rule `tirm`", "did you mean `trim`?")]
    [InlineData("trim", "x", "rule `trim` takes no argument", "write `trim`")]
    [InlineData("map", "region", "unknown map `region`", "did you mean `regions`?")]
    [InlineData("map", "towns", "unknown map `towns`", "declare it under `maps`")]
    [InlineData("unit", null, "rule `unit` needs a list of texts", "for example `{ unit: [unit, units] }`")]
    [InlineData("null_if", " ", "rule `null_if` needs a list of texts", "for example `{ null_if: [N/A, none] }`")]
    [InlineData("currency", "", "rule `currency` needs a list of texts", "for example `{ currency: [$, USD] }`")]
    [InlineData("default", null, "rule `default` needs a text", "for example `{ default: unknown }`")]
    [InlineData("email", "null", "rule `email` takes options", "for example `{ email: { invalid: … } }`")]
    [InlineData("phone", null, "rule `phone` needs `country`, a calling code", "for example `{ phone: { country: \"91\", digits: 10, first: \"6-9\" } }`")]
    public void Create_WhenWrong_ThenSaysWhat(string name, string? text, string message, string hint)
    {
        Assert.Null(CleaningRuleCatalog.Default.Create(name, new RuleArgument { Text = text }, Maps, out RuleProblem? problem));
        Assert.Equal(new RuleProblem(message, hint), problem);
    }

    [Theory]
    [InlineData("phone", "contry", "91", "rule `phone` has no option `contry`", "did you mean `country`?")]
    [InlineData("number", "decimal", ";", "`decimal` cannot be `;`", "it is one of \".\" \",\"")]
    [InlineData("number", "group", "_", "`group` cannot be `_`", "it is one of \".\" \",\" \" \" \"'\"")]
    [InlineData("number", "indian", "yes", "`indian` cannot be `yes`", "it is `true` or `false`")]
    [InlineData("number", "indian", "true", "`indian` says how digits are grouped, and there is no `group`", "for example `{ number: { group: \",\", indian: true } }`")]
    [InlineData("number", "decimals", ",", "rule `number` has no option `decimals`", "did you mean `decimal`?")]
    [InlineData("phone", "country", "+91", "`country` cannot be `+91`", "write digits only")]
    [InlineData("phone_in", "invalid", "drop", "`invalid` cannot be `drop`", "`null` makes an invalid value missing, `fault` (the default) sets its row aside")]
    public void Create_WhenAnOptionIsWrong_ThenNamesIt(string name, string option, string value, string message, string hint)
    {
        CleaningRuleCatalog.Default.Create(name, CleaningRuleTests.Options((option, value)), Maps, out RuleProblem? problem);
        Assert.Equal(new RuleProblem(message, hint, option), problem);
    }

    [Theory]
    [InlineData(",", ",")]
    [InlineData(null, ".")]
    public void Number_WhenOneMarkStandsForBoth_ThenIsAProblem(string? point, string group)
    {
        RuleArgument argument = point is null ? CleaningRuleTests.Options(("group", group)) : CleaningRuleTests.Options(("decimal", point), ("group", group));
        Assert.Null(CleaningRuleCatalog.Default.Create("number", argument, Maps, out RuleProblem? problem));
        Assert.Equal($"`{group}` cannot both group the digits and stand before the decimals", problem!.Message);
    }

    [Theory]
    [InlineData("6-9", "5", false)]
    [InlineData("6-9", "6", true)]
    [InlineData("28", "8", true)]
    [InlineData("28", "7", false)]
    public void Phone_WhenGivenFirstDigits_ThenTakesNoOther(string first, string digit, bool valid)
    {
        CleaningRule rule = CleaningRuleTests.Rule("phone", CleaningRuleTests.Options(("country", "44"), ("digits", "5"), ("first", first)));
        Assert.Equal(valid ? digit + "1234" : null, rule.Apply("0" + digit + "1234") is { Fault: Data.FaultCode.None } clean ? clean.Text : null);
    }
}
