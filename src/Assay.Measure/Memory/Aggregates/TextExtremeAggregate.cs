using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>The least or greatest text by code point; null for a group without one.</summary>
/// <param name="sign">-1 for the least, 1 for the greatest.</param>
internal sealed class TextExtremeAggregate(int sign) : Aggregate
{
    private byte[]?[] _best = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _best.Length)
        {
            Array.Resize(ref _best, Math.Max(groups, _best.Length * 2));
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        for (int row = 0; row < batch.Count; row++)
        {
            if (!argument.IsNull(row))
            {
                Offer(groups[row], batch.Texts[(int)argument.Values[row]]);
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (TextExtremeAggregate)other;
        for (int i = 0; i < groups.Length; i++)
        {
            if (theirs._best[i] is { } best)
            {
                Offer(groups[i], best);
            }
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) =>
        WriteCells(groups, into, group => _best[group] is { } best ? texts.Intern(best) : null);

    private void Offer(int group, ReadOnlySpan<byte> text)
    {
        // UTF-8 bytes sort as code points do.
        if (_best[group] is not { } best || Math.Sign(text.SequenceCompareTo(best)) == sign)
        {
            _best[group] = text.ToArray();
        }
    }
}
