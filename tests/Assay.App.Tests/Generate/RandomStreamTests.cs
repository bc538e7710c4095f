using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

public sealed class RandomStreamTests
{
    [Fact]
    public void Draw_WhenKeyIsASeedOfSplitMix64_ThenRowsAreItsSequence()
    {
        // The sequence of the reference implementation for the seed 1234567.
        ulong[] expected =
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(row => RandomStream.Draw(1234567, row)));
    }

    [Theory]
    [InlineData(0UL, 10UL, 0UL)]
    [InlineData(ulong.MaxValue, 10UL, 9UL)]
    [InlineData(1UL << 63, 10UL, 5UL)]
    [InlineData((1UL << 63) - 1, 10UL, 4UL)]
    [InlineData(ulong.MaxValue, 1UL, 0UL)]
    public void Below_WhenDrawIsAtTheEdge_ThenStaysBelowTheCount(ulong draw, ulong count, ulong expected) =>
        Assert.Equal(expected, RandomStream.Below(draw, count));

    [Fact]
    public void Key_WhenSeedOrStreamDiffers_ThenDiffers()
    {
        ulong region = RandomStream.Number("region/choice");
        ulong[] keys =
        [
            RandomStream.Key(0, region), RandomStream.Key(1, region), RandomStream.Key(0, RandomStream.Number("region/choic")),
            RandomStream.Key(0, 0), RandomStream.Key(0, 1), RandomStream.Key(1, 0),
        ];
        Assert.Equal(6, keys.Distinct().Count());
    }

    [Fact]
    public void Pick_WhenWeightsDiffer_ThenEntriesComeByWeight()
    {
        var table = new AliasTable([1, 2, 3, 0.5, 93.5]);
        long[] draws = [.. Enumerable.Range(0, 200_000).Select(row => (long)RandomStream.Draw(9, row))];
        table.Pick(draws);
        double[] expected = [0.01, 0.02, 0.03, 0.005, 0.935];
        for (int entry = 0; entry < expected.Length; entry++)
        {
            double sigma = Math.Sqrt(200_000 * expected[entry] * (1 - expected[entry]));
            Assert.InRange(draws.Count(draw => draw == entry), (200_000 * expected[entry]) - (3 * sigma), (200_000 * expected[entry]) + (3 * sigma));
        }
    }
}
