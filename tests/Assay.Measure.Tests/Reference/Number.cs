using System.Numerics;

namespace Assay.Measure.Tests.Reference;

/// <summary>An exact decimal of any size, with the scales that the design gives to results: the slow, obvious way.</summary>
internal readonly record struct Number(BigInteger Units, int Scale) : IComparable<Number>
{
    public static Number Of(long units, int scale = 0) => new(units, scale);

    public static Number operator +(Number a, Number b) => Aligned(a, b, (x, y) => x + y);

    public static Number operator -(Number a, Number b) => Aligned(a, b, (x, y) => x - y);

    public static Number operator *(Number a, Number b) => new Number(a.Units * b.Units, a.Scale + b.Scale).Checked();

    /// <summary>Six digits more than the larger scale, cut off, a 0 or 5 at the end moved away from zero when digits followed; null by zero.</summary>
    public static Number? operator /(Number a, Number b)
    {
        if (b.Units.IsZero)
        {
            return null;
        }

        int scale = Math.Max(a.Scale, b.Scale) + 6;
        BigInteger dividend = a.Units * BigInteger.Pow(10, scale - a.Scale + b.Scale);
        BigInteger magnitude = BigInteger.Abs(dividend) / BigInteger.Abs(b.Units);
        bool isExact = magnitude * BigInteger.Abs(b.Units) == BigInteger.Abs(dividend);
        if (!isExact && magnitude % 5 == 0)
        {
            magnitude++;
        }

        return new Number(dividend.Sign * b.Units.Sign * magnitude, scale).Checked();
    }

    /// <summary>A quotient as a result holds it: with a digit more, so that one of whole numbers can be rounded to six, too.</summary>
    public static Number? Quotient(Number a, Number b) => new Number(a.Units * 10, a.Scale + 1).Checked() / b;

    /// <summary>The value at another scale, half to even.</summary>
    public Number Round(int scale)
    {
        if (scale >= Scale)
        {
            return new Number(Units * BigInteger.Pow(10, scale - Scale), scale).Checked();
        }

        BigInteger divisor = BigInteger.Pow(10, Scale - scale);
        BigInteger low = (Units - (((Units % divisor) + divisor) % divisor)) / divisor;
        BigInteger twice = (Units - (low * divisor)) * 2;
        bool up = twice > divisor || (twice == divisor && !low.IsEven);
        return new Number(low + (up ? 1 : 0), scale);
    }

    public int CompareTo(Number other)
    {
        int scale = Math.Max(Scale, other.Scale);
        return (Units * BigInteger.Pow(10, scale - Scale)).CompareTo(other.Units * BigInteger.Pow(10, scale - other.Scale));
    }

    public Number Checked() => Units < Int128.MinValue || Units > Int128.MaxValue ? throw new OverflowException() : this;

    private static Number Aligned(Number a, Number b, Func<BigInteger, BigInteger, BigInteger> operation)
    {
        int scale = Math.Max(a.Scale, b.Scale);
        return new Number(operation(a.Round(scale).Units, b.Round(scale).Units), scale).Checked();
    }
}
