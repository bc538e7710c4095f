using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>Counts distinct values that are not null, exactly: memory grows with their number.</summary>
internal sealed class CountDistinctAggregate : Aggregate
{
    private readonly HashSet<(int Group, Int128 Value)> _seen = [];
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
            if (groups[row] != 0 && !argument.IsNull(row))
            {
                Offer(groups[row], _texts is null ? argument.Get(row) : _texts.IdOf(batch.Texts, (int)argument.Values[row]));
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (CountDistinctAggregate)other;
        foreach ((int group, Int128 value) in theirs._seen)
        {
            Offer(groups[group], _texts is null ? value : _texts.IdOf(theirs._texts!.Text((int)value)));
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => _counts[group]);

    private void Offer(int group, Int128 value)
    {
        if (_seen.Add((group, value)))
        {
            _counts[group]++;
        }
    }
}
