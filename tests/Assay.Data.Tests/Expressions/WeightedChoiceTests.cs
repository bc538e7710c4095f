namespace Assay.Data.Tests;

public sealed class WeightedChoiceTests
{
    private const string Channel = "weighted_choice('acquisition_channel', 42, id, 'website', 50, 'mobile', 30, 'email', 20)";

    /// <summary>The value of chi-square with two degrees of freedom that one in a thousand fair draws passes.</summary>
    private const double Unlikely = 13.8155;

    [Fact]
    public void WeightedChoice_WhenManyKeys_ThenInProportionToTheWeights()
    {
        string[] drawn = [.. Enumerable.Range(1, 30_000).Select(id => Of(Channel, id))];

        Assert.InRange(ChiSquare(drawn, ("website", 0.5), ("mobile", 0.3), ("email", 0.2)), 0, Unlikely);
    }

    [Fact]
    public void WeightedChoice_WhenTwoDrawsOfTheSameKeys_ThenTheyAreIndependent()
    {
        const string Tier = "weighted_choice('customer_tier', 42, id, 'website', 50, 'mobile', 30, 'email', 20)";
        string[] tiers = [.. Enumerable.Range(1, 30_000).Where(id => Of(Channel, id) == "website").Select(id => Of(Tier, id))];

        Assert.InRange(ChiSquare(tiers, ("website", 0.5), ("mobile", 0.3), ("email", 0.2)), 0, Unlikely);
    }

    [Theory]
    [InlineData("weighted_choice('c', 1, id, 'a', 1, 'b', 0)", "a")]
    [InlineData("weighted_choice('c', 1, id, 'b', 0, 'a', 7)", "a")]
    [InlineData("weighted_choice('c', 1, null, 'a', 1)", "null")]
    [InlineData("weighted_choice('c', 1, 'x' || 'y', 'a', 2147483647)", "a")]
    public void WeightedChoice_WhenOneValueCanCome_ThenItDoes(string text, string expected) => Assert.Equal(expected, Of(text, 5));

    [Fact]
    public void WeightedChoice_WhenKnown_ThenItStaysSo() => Assert.Equal(
        "website website mobile email mobile website website website mobile website mobile website",
        string.Join(' ', Enumerable.Range(1, 12).Select(id => Of(Channel, id))));

    [Theory]
    [InlineData(7)]
    [InlineData(-12)]
    [InlineData(123456789)]
    public void WeightedChoice_WhenTheKeyIsANumberOrItsText_ThenTheSame(int id) => Assert.Equal(
        Of(Channel, id), ScalarEvaluation.Of(Channel, ("id", ColumnType.String, $"'{id}'")));

    [Theory]
    [InlineData("weighted_choice('c', 1, id, 'a', 1, 'b')", "`weighted_choice` needs a weight after each value")]
    [InlineData("weighted_choice('c', 1, id)", "`weighted_choice` takes 5 or more arguments, not 3")]
    [InlineData("weighted_choice('c', 1, id, 'a', 0)", "`weighted_choice` needs a weight above 0")]
    [InlineData("weighted_choice('c', 1, id, 'a', -1)", "`weighted_choice` needs a weight, a whole number from 0 to 2147483647 written out, here")]
    [InlineData("weighted_choice('c', 1, id, 'a', 0.5)", "`weighted_choice` needs a weight, a whole number from 0 to 2147483647 written out, here")]
    [InlineData("weighted_choice('c', 1, id, 'a', id)", "`weighted_choice` needs a weight, a whole number from 0 to 2147483647 written out, here")]
    [InlineData("weighted_choice('c', 1, id, 2, 1)", "`weighted_choice` needs a value, a text written out, here")]
    [InlineData("weighted_choice(id, 1, id, 'a', 1)", "`weighted_choice` needs the name of the draw, a text written out, here")]
    [InlineData("weighted_choice('c', 'x', id, 'a', 1)", "`weighted_choice` needs the seed, a whole number from -9223372036854775808 to 9223372036854775807 written out, here")]
    [InlineData("split_part('a', 'b', 0)", "`split_part` counts parts from 1, and -1 is the last")]
    [InlineData("split_part('a', 'b', id)", "`split_part` needs the number of a part, a whole number from -1000000 to 1000000 written out, here")]
    public void Bind_WhenAnArgumentIsWrong_ThenSaysWhich(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => Of(text, 1)).Message);

    private static string Of(string text, int id) =>
        ScalarEvaluation.Of(text, ("id", ColumnType.Integer, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static double ChiSquare(string[] drawn, params (string Value, double Share)[] expected) => expected.Sum(one =>
    {
        double count = drawn.Count(value => value == one.Value);
        double wanted = drawn.Length * one.Share;
        return (count - wanted) * (count - wanted) / wanted;
    });
}
