namespace Assay.Data.Tests;

public sealed class SplitMix64Tests
{
    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void Number_WhenOfAName_ThenItsFnv1a(string name, ulong expected) =>
        Assert.Equal(expected, SplitMix64.Number(System.Text.Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Element_WhenTheStateIs1234567_ThenThePublishedSequence() => Assert.Equal(
        [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
        Enumerable.Range(0, 5).Select(index => SplitMix64.Element(1234567, index)));

    [Fact]
    public void Below_WhenTheCountIsOne_ThenZero() => Assert.Equal(0UL, SplitMix64.Below(99, 1));

    [Fact]
    public void Below_WhenTheFirstElementFallsShort_ThenItIsPassedOver()
    {
        // With more than half of 2^64 nearly every second element falls short.
        const ulong Count = (1UL << 63) + 1;
        int passed = 0;
        for (ulong state = 0; state < 200; state++)
        {
            ulong first = Math.BigMul(SplitMix64.Element(state, 0), Count, out ulong low);
            bool isShort = low < unchecked(0 - Count) % Count;
            Assert.Equal(isShort, SplitMix64.Below(state, Count) != first);
            passed += isShort ? 1 : 0;
        }

        Assert.InRange(passed, 70, 130);
    }
}
