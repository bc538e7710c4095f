using System.Numerics;
using Assay.Data;
using Vector = Assay.Data.Vector;

namespace Assay.Measure.Memory;

/// <summary>Names the segment of each group, and tells how many groups each segment has.</summary>
internal static class Segmentation
{
    /// <summary>Divides the groups.</summary>
    /// <param name="definition">The segments.</param>
    /// <param name="values">What they are divided by, rounded as the result shows it.</param>
    /// <param name="count">How many groups there are.</param>
    /// <param name="into">Takes the segments' names.</param>
    /// <param name="texts">The pool of the names.</param>
    /// <returns>The total: each segment's groups and threshold.</returns>
    public static ResultTotal Assign(SegmentDefinition definition, ResultColumn values, int count, Vector into, TextPool texts)
    {
        Int128[] sorted = [.. Enumerable.Range(0, count).Where(row => !values.IsNull(row)).Select(values.Number).Order()];
        ColumnType type = values.Column.Type;
        (SegmentLevel Level, Int128? Threshold, ColumnType Type)[] levels = [.. definition.Levels.Select(level => definition.AreQuantiles
            ? (level, Quantile(sorted, level), type)
            : (level, (Int128?)level.Units, level.Scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, level.Scale)))];

        // From the greatest down; of two quantiles that come to the same value the upper one is asked first.
        int[] descending = [.. Enumerable.Range(0, levels.Length).OrderByDescending(i => new Magnitude(levels[i].Level.Units, levels[i].Level.Scale))];
        var names = Array.ConvertAll(levels, level => texts.Intern(level.Level.Name));
        int? otherwise = definition.Otherwise is null ? null : texts.Intern(definition.Otherwise);
        var members = new long[levels.Length];
        long others = 0;
        into.Type = ColumnType.String;
        into.HasNulls = true;
        for (int row = 0; row < count; row++)
        {
            int segment = values.IsNull(row) ? -1 : Array.FindIndex(descending, i => Reaches(values.Number(row), type, levels[i]));
            if (segment >= 0)
            {
                members[descending[segment]]++;
            }
            else
            {
                others++;
            }

            into.Nulls[row] = segment < 0 && otherwise is null;
            into.Values[row] = segment >= 0 ? names[descending[segment]] : otherwise ?? 0;
        }

        List<ResultTotal> totals = [.. levels.Select((level, i) => Total(definition, level.Level.Name, members[i], level.Type, level.Threshold))];
        if (definition.Otherwise is not null)
        {
            totals.Add(Total(definition, definition.Otherwise, others, type, null));
        }

        return new ResultTotal(definition.Total ?? definition.Column, totals);
    }

    /// <summary>Whether a value is at least a threshold; thresholds of their own scale are compared exactly.</summary>
    private static bool Reaches(Int128 value, ColumnType type, (SegmentLevel Level, Int128? Threshold, ColumnType Type) level) =>
        level.Threshold is { } threshold && new Magnitude(value, type.Scale).CompareTo(new Magnitude(threshold, level.Type.Scale)) >= 0;

    /// <summary>
    /// The quantile of sorted values by linear interpolation at (n - 1)·p (type 7 of Hyndman and Fan 1996, the default of
    /// R, NumPy and pandas), rounded half to even to the values' scale; null of none.
    /// </summary>
    private static Int128? Quantile(Int128[] sorted, SegmentLevel level)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        BigInteger one = BigInteger.Pow(10, level.Scale);
        BigInteger at = new BigInteger(sorted.Length - 1) * level.Units;
        int below = (int)(at / one);
        BigInteger rest = at % one;
        BigInteger low = sorted[below];
        BigInteger high = rest.IsZero ? low : sorted[below + 1];
        BigInteger scaled = (low * (one - rest)) + (high * rest);
        BigInteger rounded = BigInteger.DivRem(scaled, one, out BigInteger left);
        int half = (BigInteger.Abs(left) * 2).CompareTo(one);
        return (Int128)(half > 0 || (half == 0 && !rounded.IsEven) ? rounded + scaled.Sign : rounded);
    }

    private static ResultTotal Total(SegmentDefinition definition, string name, long members, ColumnType type, Int128? threshold) => new(name,
    [
        new ResultTotal("count", ColumnType.Integer, (Int128)members),
        new ResultTotal(definition.ThresholdName, type, threshold),
    ]);

    /// <summary>A decimal of any scale, for comparing.</summary>
    private readonly record struct Magnitude(Int128 Units, int Scale) : IComparable<Magnitude>
    {
        public int CompareTo(Magnitude other) => Scale == other.Scale
            ? Units.CompareTo(other.Units)
            : (Units * BigInteger.Pow(10, other.Scale)).CompareTo(other.Units * BigInteger.Pow(10, Scale));
    }
}
