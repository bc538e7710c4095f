using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>Counts rows, or values that are not null.</summary>
internal sealed class CountAggregate : Aggregate
{
    private long[] _counts = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(groups, _counts.Length * 2));
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        long[] counts = _counts;
        bool[]? nulls = argument is { HasNulls: true } ? argument.Nulls : null;
        for (int row = 0; row < batch.Count; row++)
        {
            counts[groups[row]] += nulls is not null && nulls[row] ? 0 : 1;
        }
    }

    public override void AddToFirst(int[] groups, Vector? argument, RowBatch batch) =>
        _counts[1] += batch.Count - (argument is { HasNulls: true } ? argument.Nulls.AsSpan(0, batch.Count).Count(true) : 0);

    public override void Merge(Aggregate other, int[] groups)
    {
        long[] theirs = ((CountAggregate)other)._counts;
        for (int i = 0; i < groups.Length; i++)
        {
            _counts[groups[i]] += theirs[i];
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => _counts[group]);
}
