using System.Numerics;

namespace Assay.Data.Tests;

public sealed class DecimalsTests
{
    [Theory]
    [InlineData(25, 1, 0, 2)]
    [InlineData(35, 1, 0, 4)]
    [InlineData(-25, 1, 0, -2)]
    [InlineData(-35, 1, 0, -4)]
    [InlineData(26, 1, 0, 3)]
    [InlineData(-24, 1, 0, -2)]
    [InlineData(5, 1, 0, 0)]
    [InlineData(15, 1, 0, 2)]
    [InlineData(-5, 1, 0, 0)]
    [InlineData(49, 2, 0, 0)]
    [InlineData(50, 2, 0, 0)]
    [InlineData(51, 2, 0, 1)]
    [InlineData(7, 0, 3, 7000)]
    [InlineData(7, 3, 3, 7)]
    public void Rescale_WhenDigitsAreGivenUp_ThenHalfToEven(int units, int from, int to, int expected) =>
        Assert.Equal(expected, Decimals.Rescale(units, from, to));

    [Fact]
    public void Rescale_WhenRandom_ThenAsWithBigIntegers()
    {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            Int128 units = new Int128((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64()) >> random.Next(127);
            int digits = random.Next(1, 31);
            BigInteger unit = BigInteger.Pow(10, digits);
            BigInteger expected = (2 * BigInteger.Abs(units) + unit) / (2 * unit);
            bool tie = (2 * BigInteger.Abs(units) + unit) % (2 * unit) == 0;
            expected -= tie && !expected.IsEven ? 1 : 0;
            Assert.Equal(Int128.IsNegative(units) ? -expected : expected, Decimals.Rescale(units, digits, 0));
        }
    }

    [Fact]
    public void Rescale_WhenTheResultDoesNotFit_ThenOverflow()
    {
        Assert.Throws<OverflowException>(() => Decimals.Rescale(Int128.MaxValue, 0, 1));
        Assert.Equal(Int128.MinValue, Decimals.Rescale(Int128.MinValue, 5, 5));
        Assert.Equal(Decimals.PowerOfTen(38), Decimals.Rescale(1, 0, 38));
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 2, "0.00")]
    [InlineData("5", 2, "0.05")]
    [InlineData("-5", 2, "-0.05")]
    [InlineData("-12345", 2, "-123.45")]
    [InlineData("100", 2, "1.00")]
    [InlineData("-170141183460469231731687303715884105728", 0, "-170141183460469231731687303715884105728")]
    [InlineData("-170141183460469231731687303715884105728", 38, "-1.70141183460469231731687303715884105728")]
    [InlineData("170141183460469231731687303715884105727", 30, "170141183.460469231731687303715884105727")]
    public void Format_WhenScaled_ThenAllDigits(string units, int scale, string expected) =>
        Assert.Equal(expected, Decimals.Format(Int128.Parse(units), scale));

    [Theory]
    [InlineData(1, 0, 3, 0, 6, 333_333)]
    [InlineData(2, 0, 3, 0, 6, 666_666)]
    [InlineData(1, 0, 10_000_000, 0, 6, 1)]
    [InlineData(-1, 0, 10_000_000, 0, 6, -1)]
    [InlineData(1, 0, -10_000_000, 0, 6, -1)]
    [InlineData(0, 0, 7, 0, 6, 0)]
    [InlineData(1, 0, 8, 0, 3, 125)]
    [InlineData(10_000_001, 7, 2, 0, 7, 5_000_001)]
    [InlineData(1, 0, 400, 2, 6, 250_000)]
    [InlineData(1_500, 3, 1, 0, 1, 15)]
    [InlineData(1_501, 3, 1, 0, 1, 16)]
    [InlineData(-1_501, 3, 1, 0, 1, -16)]
    [InlineData(1_411, 3, 1, 0, 1, 14)]
    public void TryDivide_WhenInexact_ThenALastDigitOf0Or5MovesAwayFromZero(
        int dividend, int dividendScale, int divisor, int divisorScale, int scale, int expected)
    {
        Assert.True(Decimals.TryDivide(dividend, dividendScale, divisor, divisorScale, scale, out Int128 quotient));
        Assert.Equal(expected, quotient);
    }

    [Fact]
    public void TryDivide_WhenRoundedAfterwards_ThenAsTheTrueQuotientRounds()
    {
        var random = new Random(8);
        for (int i = 0; i < 50_000; i++)
        {
            bool large = random.Next(3) == 0;
            Int128 dividend = large ? new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64()) >> random.Next(100) : random.Next(-2000, 2000);
            Int128 divisor = large && random.Next(2) == 0 ? random.NextInt64(1, long.MaxValue) : random.Next(1, 400);
            divisor = random.Next(2) == 0 ? divisor : -divisor;
            int dividendScale = random.Next(9);
            int divisorScale = random.Next(9);
            int digits = random.Next(4);
            int scale = digits + random.Next(1, 8);
            if (!Decimals.TryDivide(dividend, dividendScale, divisor, divisorScale, scale, out Int128 quotient))
            {
                Assert.True(BigInteger.Abs(dividend) * BigInteger.Pow(10, scale + divisorScale) > Int128.MaxValue);
                continue;
            }

            // The true quotient, rounded half to even to so many digits at once.
            BigInteger top = BigInteger.Abs(dividend) * BigInteger.Pow(10, divisorScale + digits);
            BigInteger bottom = BigInteger.Abs(divisor) * BigInteger.Pow(10, dividendScale);
            BigInteger rounded = ((2 * top) + bottom) / (2 * bottom);
            rounded -= ((2 * top) + bottom) % (2 * bottom) == 0 && !rounded.IsEven ? 1 : 0;
            bool negative = Int128.IsNegative(dividend) != Int128.IsNegative(divisor);
            Assert.Equal(negative ? -rounded : rounded, Decimals.Rescale(quotient, scale, digits));
        }
    }

    [Fact]
    public void TryDivide_WhenExtreme_ThenExactOrRefused()
    {
        Assert.False(Decimals.TryDivide(Int128.MinValue, 0, -1, 0, 0, out _));
        Assert.True(Decimals.TryDivide(Int128.MinValue, 0, 1, 0, 0, out Int128 same));
        Assert.Equal(Int128.MinValue, same);
        Assert.True(Decimals.TryDivide(Int128.MaxValue, 0, Int128.MaxValue, 0, 30, out Int128 one));
        Assert.Equal(Decimals.PowerOfTen(30), one);
        Assert.True(Decimals.TryDivide(1, 30, 1, 0, 0, out Int128 trace));
        Assert.Equal(1, trace);
        Assert.False(Decimals.TryDivide(Int128.MaxValue, 0, 1, 0, 1, out _));
        Assert.Throws<DivideByZeroException>(() => Decimals.TryDivide(1, 0, 0, 0, 0, out _));
        Assert.Throws<DivideByZeroException>(() => Decimals.TryDivide(Int128.MaxValue, 0, 0, 0, 30, out _));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("999", "999")]
    [InlineData("-999.5", "-999.5")]
    [InlineData("1000", "1,000")]
    [InlineData("-1234567.8901", "-1,234,567.8901")]
    public void WithThousands_WhenANumberIsLong_ThenCommasStandBetweenThousands(string number, string shown) =>
        Assert.Equal(shown, Decimals.WithThousands(number));
}
