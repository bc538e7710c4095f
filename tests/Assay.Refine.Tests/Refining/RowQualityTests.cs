using Assay.Data;

namespace Assay.Refine.Tests.Refining;

public sealed class RowQualityTests
{
    [Fact]
    public void QualityScore_WhenValuesAreMissingOrInvalid_ThenEachCostsTen()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("id", "string") with { Required = true },
            Tables.Column("n", "integer") with { InvalidIsNull = true },
            Tables.Column("t", "string"))
            .WithDerived("quality", "quality_score()").WithDerived("half", "quality_score() / 2").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["a", "1", "x"], ["b", "", "x"], ["c", "no", ""]));

        Assert.Equal(["a|1|x|100|50.000000", "b|null|x|90|45.000000", "c|null|null|80|40.000000"], Tables.Clean(refined));
    }

    [Fact]
    public void QualityScore_WhenMoreThanTenAreMissing_ThenIsNotBelowZero()
    {
        Refiner refiner = Tables.Table([.. Enumerable.Range(0, 12).Select(i => Tables.Column($"c{i}", "integer"))]).WithDerived("quality", "quality_score()").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(new string[12].Select(_ => "").ToArray(), [.. Enumerable.Repeat("", 10), "1", "2"]));

        Assert.Equal(["0", "0"], Tables.Clean(refined).Select(row => row.Split('|')[^1]));
        Assert.Equal("10", Tables.Clean(refiner.Refine(Records.Of([.. Enumerable.Repeat("", 9), "1", "2", "3"])))[0].Split('|')[^1]);
    }

    [Fact]
    public void Expand_WhenGivenArguments_ThenIsAnError()
    {
        var error = Assert.Throws<ExpressionException>(() => RowQuality.Expand(ExpressionParser.Parse("1 + quality_score(id)"), []));
        Assert.Equal(("`quality_score` takes no arguments", 4), (error.Message, error.Position));
        Assert.Equal("greatest(100, 0)", RowQuality.Expand(ExpressionParser.Parse("quality_score()"), []).ToString());
    }
}
