using System.Runtime.Intrinsics;
using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>Exact sums in 128 bits, so that the order of the rows has no bearing. An empty sum is 0.</summary>
internal sealed class SumAggregate : Aggregate
{
    /// <summary>Groups whose sums over one batch are kept apart: as many as are cheap to add up after each.</summary>
    private const int MostPartial = 256;

    private readonly long[] _partial = new long[MostPartial];

    // Two words a group rather than an Int128: the loop then is an add, a compare and an add.
    private ulong[] _low = [];
    private long[] _high = [];
    private int _groups;

    public override void EnsureGroups(int groups)
    {
        _groups = groups;
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

        if (argument.HasNulls || _groups > MostPartial || !TryAddPartial(groups, argument.Values, batch.Count))
        {
            AddEach(groups, argument, batch.Count);
        }
    }

    public override void AddToFirst(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        if (argument.IsWide || argument.HasNulls || !TryAddToFirst(argument.Values.AsSpan(0, batch.Count)))
        {
            Add(groups, argument, batch);
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (SumAggregate)other;
        for (int i = 1; i < groups.Length; i++)
        {
            Set(groups[i], checked(Get(groups[i]) + theirs.Get(i)));
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => Get(group));

    /// <summary>
    /// Adds a batch in 64 bits, which cannot overflow unless a value has more than 51: then nothing is added.
    /// </summary>
    private bool TryAddPartial(int[] groups, long[] values, int count)
    {
        Span<long> partial = _partial;
        partial[.._groups].Clear();
        long bits = 0;
        if (count > 1 << 11)
        {
            return false;
        }

        for (int row = 0; row < count; row++)
        {
            long value = values[row];
            bits |= value ^ (value >> 63);
            partial[groups[row]] += value;
        }

        if (bits >= 1L << 51)
        {
            return false;
        }

        for (int group = 0; group < _groups; group++)
        {
            AddTo(group, partial[group]);
        }

        return true;
    }

    /// <summary>The same for rows of one group, side by side: one sum would wait for itself at every row.</summary>
    private bool TryAddToFirst(ReadOnlySpan<long> values)
    {
        if (values.Length > 1 << 11)
        {
            return false;
        }

        Vector256<long> sums = Vector256<long>.Zero;
        Vector256<long> bits = Vector256<long>.Zero;
        while (values.Length >= Vector256<long>.Count)
        {
            Vector256<long> four = Vector256.Create(values);
            bits |= four ^ (four >> 63);
            sums += four;
            values = values[Vector256<long>.Count..];
        }

        long sum = Vector256.Sum(sums);
        long all = bits[0] | bits[1] | bits[2] | bits[3];
        foreach (long value in values)
        {
            all |= value ^ (value >> 63);
            sum += value;
        }

        if (all >= 1L << 51)
        {
            return false;
        }

        AddTo(1, sum);
        return true;
    }

    private void AddEach(int[] groups, Vector argument, int count)
    {
        long[] values = argument.Values;
        for (int row = 0; row < count; row++)
        {
            if (!argument.IsNull(row))
            {
                AddTo(groups[row], values[row]);
            }
        }
    }

    private void AddTo(int group, long value)
    {
        ulong sum = _low[group] + (ulong)value;
        long step = (value >> 63) + (sum < (ulong)value ? 1 : 0);
        _high[group] = checked(_high[group] + step);
        _low[group] = sum;
    }

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
            // Rows that are left out may be as large as they like.
            if (groups[row] != 0 && !argument.IsNull(row))
            {
                Set(groups[row], checked(Get(groups[row]) + argument.Wide[row]));
            }
        }
    }
}
