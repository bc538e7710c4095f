using Assay.Data;
using Assay.Refine.Tests.Refining;

namespace Assay.Refine.Tests.Rules;

/// <summary>Cleaning rules that a program registers under names of its own.</summary>
public sealed class RegisteredRuleTests
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Maps = [];

    private static readonly CleaningRuleCatalog Catalog = CleaningRuleCatalog.Default
        .With("sku", text => text.StartsWith("SKU", StringComparison.Ordinal) ? new CleanText(text.Replace(' ', '-')) : CleanText.Refused, "a code such as SKU-c001")
        .With("no_dash", text => text == "-" ? default : new CleanText(text), "anything");

    [Fact]
    public void Apply_WhenUsedInAColumn_ThenCleansRefusesAndMakesMissing()
    {
        ColumnDefinition column = Tables.Column("sku", "string") with { Clean = [Rule("no_dash"), Rule("sku")] };
        Refiner refiner = Tables.Table(column).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["SKU 1"], ["-"], [""], ["other"]));

        Assert.Equal(["SKU-1", "null", "null"], Tables.Clean(refined));
        Assert.Equal(["3: sku.rule_failed"], Tables.Faulty(refined, refiner));
        Assert.Equal("anything; a code such as SKU-c001", CleaningPlan.Create(Tables.Table(column)).Expectation(0, FaultCode.RuleFailed));
    }

    [Fact]
    public void With_WhenARuleIsAdded_ThenTheOtherCatalogStaysAsItIs()
    {
        Assert.Contains("sku", Catalog.Names);
        Assert.DoesNotContain("sku", CleaningRuleCatalog.Default.Names);
        Assert.Equal(CleaningRuleCatalog.Default.Names.Count + 2, Catalog.Names.Count);
    }

    [Theory]
    [InlineData("trim", "There is a cleaning rule `trim` already: take another name.")]
    [InlineData("sku", "There is a cleaning rule `sku` already: take another name.")]
    [InlineData("My Rule", "`My Rule` cannot name a cleaning rule: use a-z, 0-9 and `_`, a letter first.")]
    [InlineData("1st", "`1st` cannot name a cleaning rule: use a-z, 0-9 and `_`, a letter first.")]
    [InlineData("", "`` cannot name a cleaning rule: use a-z, 0-9 and `_`, a letter first.")]
    public void With_WhenTheNameIsTakenOrNone_ThenIsAnError(string name, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Catalog.With(name, text => new CleanText(text), "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_WhenGivenAnArgument_ThenSaysThatItTakesNone()
    {
        Assert.Null(Catalog.Create("sku", new RuleArgument { Text = "x" }, Maps, out RuleProblem? problem));
        Assert.Equal(new RuleProblem("rule `sku` takes no argument", "write `sku`"), problem);
    }

    [Fact]
    public void Apply_WhenTheRuleItselfFails_ThenSaysWhichWithoutTheValue()
    {
        CleaningRuleCatalog broken = CleaningRuleCatalog.Default.With("broken", text => throw new FormatException(text), "x");
        CleaningRule rule = broken.Create("broken", RuleArgument.None, Maps, out _)!;

        var error = Assert.Throws<InvalidOperationException>(() => rule.Apply("secret"));

        Assert.Equal("The cleaning rule `broken` failed: FormatException. A rule refuses a value with `CleanText.Refused`.", error.Message);
    }

    private static CleaningRule Rule(string name) => Catalog.Create(name, RuleArgument.None, Maps, out _)!;
}
