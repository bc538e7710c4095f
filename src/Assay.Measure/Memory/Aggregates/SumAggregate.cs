using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>Exact sums in 128 bits, so that the order of the rows has no bearing. An empty sum is 0.</summary>
internal sealed class SumAggregate : Aggregate
{
    // Two words a group rather than an Int128: the loop then is an add, a compare and an add.
    private ulong[] _low = [];
    private long[] _high = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _low.Length)
        {
            int size = Math.Max(groups, _low.Length * 2);
            Array.Resize(ref _low, size);
            Array.Resize(ref _high, size);
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        if (argument.IsWide)
        {
            AddWide(groups, argument, batch.Count);
            return;
        }

        ulong[] low = _low;
        long[] high = _high;
        long[] values = argument.Values;
        bool[]? nulls = argument.HasNulls ? argument.Nulls : null;
        for (int row = 0; row < batch.Count; row++)
        {
            if (nulls is not null && nulls[row])
            {
                continue;
            }

            long value = values[row];
            int group = groups[row];
            ulong sum = low[group] + (ulong)value;
            high[group] += (value >> 63) + (sum < (ulong)value ? 1 : 0);
            low[group] = sum;
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (SumAggregate)other;
        for (int i = 0; i < groups.Length; i++)
        {
            Set(groups[i], checked(Get(groups[i]) + theirs.Get(i)));
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => Get(group));

    private Int128 Get(int group) => new((ulong)_high[group], _low[group]);

    private void Set(int group, Int128 sum)
    {
        _low[group] = (ulong)sum;
        _high[group] = (long)(sum >> 64);
    }

    private void AddWide(int[] groups, Vector argument, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (!argument.IsNull(row))
            {
                Set(groups[row], checked(Get(groups[row]) + argument.Wide[row]));
            }
        }
    }
}
