using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>Counts distinct values that are not null, exactly: memory grows with their number.</summary>
internal sealed class CountDistinctAggregate : Aggregate
{
    private readonly DistinctValues _seen = new();

    /// <summary>The values that need more than 64 bits.</summary>
    private readonly HashSet<(int Group, Int128 Value)> _wide = [];
    private readonly StableTexts? _texts;
    private long[] _counts = [];

    public CountDistinctAggregate(ColumnType argument) =>
        _texts = argument.Kind == ColumnKind.String ? new StableTexts() : null;

    public override void EnsureGroups(int groups)
    {
        if (groups > _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(groups, _counts.Length * 2));
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        for (int row = 0; row < batch.Count; row++)
        {
            if (groups[row] == 0 || argument.IsNull(row))
            {
                continue;
            }

            if (_texts is not null)
            {
                Offer(groups[row], _texts.IdOf(batch.Texts, (int)argument.Values[row]));
            }
            else
            {
                OfferNumber(groups[row], argument.Get(row));
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (CountDistinctAggregate)other;
        foreach ((int group, long value) in theirs._seen.Pairs())
        {
            Offer(groups[group], _texts is null ? value : _texts.IdOf(theirs._texts!.Text((int)value)));
        }

        foreach ((int group, Int128 value) in theirs._wide)
        {
            OfferNumber(groups[group], value);
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => _counts[group]);

    private void OfferNumber(int group, Int128 value)
    {
        if ((long)value == value)
        {
            Offer(group, (long)value);
        }
        else if (_wide.Add((group, value)))
        {
            _counts[group]++;
        }
    }

    private void Offer(int group, long value)
    {
        if (_seen.Add(group, value))
        {
            _counts[group]++;
        }
    }
}
