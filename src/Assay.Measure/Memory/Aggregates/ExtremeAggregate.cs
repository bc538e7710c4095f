using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>The least or greatest number, date or truth value; null for a group without one.</summary>
/// <param name="sign">-1 for the least, 1 for the greatest.</param>
internal sealed class ExtremeAggregate(int sign) : Aggregate
{
    private Int128[] _best = [];
    private bool[] _has = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _best.Length)
        {
            int size = Math.Max(groups, _best.Length * 2);
            Array.Resize(ref _best, size);
            Array.Resize(ref _has, size);
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        for (int row = 0; row < batch.Count; row++)
        {
            if (!argument.IsNull(row))
            {
                Offer(groups[row], argument.Get(row));
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (ExtremeAggregate)other;
        for (int i = 0; i < groups.Length; i++)
        {
            if (theirs._has[i])
            {
                Offer(groups[i], theirs._best[i]);
            }
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) =>
        WriteCells(groups, into, group => _has[group] ? _best[group] : null);

    private void Offer(int group, Int128 value)
    {
        if (!_has[group] || (sign < 0 ? value < _best[group] : value > _best[group]))
        {
            _best[group] = value;
            _has[group] = true;
        }
    }
}
