using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>
/// The exact median; the mean of the two middle values when their number is even; null without any.
/// Equal values are kept once with their count, so memory grows with the distinct values.
/// </summary>
internal sealed class MedianAggregate : Aggregate
{
    private Dictionary<Int128, long>?[] _values = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(groups, _values.Length * 2));
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        for (int row = 0; row < batch.Count; row++)
        {
            if (groups[row] != 0 && !argument.IsNull(row))
            {
                Count(groups[row], argument.Get(row), 1);
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (MedianAggregate)other;
        for (int i = 0; i < groups.Length; i++)
        {
            foreach ((Int128 value, long count) in theirs._values[i] ?? [])
            {
                Count(groups[i], value, count);
            }
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, Median);

    /// <summary>The mean of the two middle values, which are one and the same when the number of values is odd; with six digits more.</summary>
    /// <exception cref="OverflowException">It needs more than 128 bits.</exception>
    public static Int128 Of(Int128 lower, Int128 upper) =>
        // The result is at scale + 6, where half a unit is whole.
        checked((lower + upper) * (Decimals.PowerOfTen(6) / 2));

    private void Count(int group, Int128 value, long count)
    {
        Dictionary<Int128, long> values = _values[group] ??= [];
        values[value] = values.GetValueOrDefault(value) + count;
    }

    private Int128? Median(int group)
    {
        if (_values[group] is not { } values)
        {
            return null;
        }

        KeyValuePair<Int128, long>[] sorted = [.. values.OrderBy(entry => entry.Key)];
        long total = sorted.Sum(entry => entry.Value);
        return Of(At(sorted, (total - 1) / 2), At(sorted, total / 2));
    }

    private static Int128 At(KeyValuePair<Int128, long>[] sorted, long index)
    {
        foreach ((Int128 value, long count) in sorted)
        {
            if (index < count)
            {
                return value;
            }

            index -= count;
        }

        throw new InvalidOperationException("A median lies within the values counted.");
    }
}
