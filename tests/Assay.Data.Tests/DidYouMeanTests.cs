namespace Assay.Data.Tests;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("colums", "columns")]
    [InlineData("COLUMNS", "columns")]
    [InlineData("tirm", "trim")]
    [InlineData("mesures", "measures")]
    [InlineData("trimm", "trim")]
    [InlineData("x", null)]
    [InlineData("price", null)]
    [InlineData("", null)]
    public void Nearest_WhenAWordIsMistyped_ThenFindsWhatWasMeant(string word, string? name) =>
        Assert.Equal(name, DidYouMean.Nearest(word, ["columns", "trim", "measures", "y"]));

    [Fact]
    public void Nearest_WhenSeveralAreNear_ThenTakesTheNearest() =>
        Assert.Equal("orders", DidYouMean.Nearest("ordrs", ["order", "orders", "ordered"]));

    [Fact]
    public void Nearest_WhenTheWordIsVeryLong_ThenLooksForNothing() =>
        Assert.Null(DidYouMean.Nearest(new string('a', 65), [new string('a', 64)]));

    [Fact]
    public void Hint_WhenThereIsANearWord_ThenIsAQuestion() =>
        Assert.Equal("did you mean `trim`?", DidYouMean.Hint("trm", ["trim"]));
}
