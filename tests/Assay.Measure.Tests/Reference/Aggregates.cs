using System.Numerics;

namespace Assay.Measure.Tests.Reference;

/// <summary>Aggregates over lists of values, by their definitions.</summary>
internal static class Aggregates
{
    public static Number Sum(IEnumerable<object?> values, int scale) =>
        values.OfType<Number>().Aggregate(new Number(0, scale), (sum, value) => new Number(sum.Units + value.Round(scale).Units, scale)).Checked();

    public static Number Count(IEnumerable<object?> values) => Number.Of(values.Count(value => value is not null));

    public static Number CountDistinct(IEnumerable<object?> values) =>
        Number.Of(values.Where(value => value is not null).Distinct().Count());

    public static Number? Average(IEnumerable<object?> values, int scale) => Sum(values, scale) / Count(values);

    public static object? Extreme(IEnumerable<object?> values, bool greatest) =>
        values.Where(value => value is not null).Order(Comparer<object?>.Create((a, b) => Values.Compare(a, b, greatest))).FirstOrDefault();

    /// <summary>The sample standard deviation at scale + 7, an inexact last 0 or 5 moved up; found by halving, not by a formula.</summary>
    public static Number? Deviation(IEnumerable<object?> values, int scale)
    {
        BigInteger[] units = [.. values.OfType<Number>().Select(value => value.Round(scale).Units)];
        BigInteger n = units.Length;
        if (n < 2)
        {
            return null;
        }

        // Σ(n·x − Σx)² / n² / (n − 1), as the definition has it.
        BigInteger sum = units.Aggregate(BigInteger.Zero, (total, unit) => total + unit);
        BigInteger squares = units.Aggregate(BigInteger.Zero, (total, unit) => total + (((n * unit) - sum) * ((n * unit) - sum)));
        BigInteger numerator = squares * BigInteger.Pow(10, 14);
        BigInteger denominator = n * n * (n - 1);
        BigInteger low = 0;
        BigInteger high = (numerator / denominator) + 1;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            (low, high) = middle * middle * denominator <= numerator ? (middle, high) : (low, middle);
        }

        bool isExact = low * low * denominator == numerator;
        return new Number(isExact || low % 5 != 0 ? low : low + 1, scale + 7).Checked();
    }

    public static Number? Median(IEnumerable<object?> values, int scale)
    {
        Number[] sorted = [.. values.OfType<Number>().Order()];
        return sorted.Length == 0
            ? null
            : ((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) * new Number(500_000, 6)).Round(scale + 6);
    }
}
