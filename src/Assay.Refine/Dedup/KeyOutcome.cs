using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>What came of the rows of a load: <c>rows = kept + deduplicated + in conflict + withdrawn</c>. The same for every order in which blocks came in,
/// but for <see cref="Superseded"/>, which depends on which rows were told to stay at first.</summary>
public sealed class KeyOutcome
{
    private readonly KeyStripe[] _stripes;
    private readonly IReadOnlyList<Column> _compared;
    private readonly (long First, int Stripe, int Entry)[] _conflicts;

    internal KeyOutcome(KeyStripe[] stripes, IReadOnlyList<Column> compared, IReadOnlySet<long> withdrawn)
    {
        _stripes = stripes;
        _compared = compared;
        var superseded = new List<long>();
        var conflicts = new List<(long First, int Stripe, int Entry)>();
        for (int i = 0; i < stripes.Length; i++)
        {
            (long rows, long kept, long conflicting, long gone) = stripes[i].Complete(superseded, withdrawn);
            Rows += rows;
            Kept += kept;
            Conflicting += conflicting;
            Withdrawn += gone;
            for (int entry = 0; conflicting > 0 && entry < stripes[i].Table.Count; entry++)
            {
                if (stripes[i].IsConflict(entry))
                {
                    conflicts.Add((stripes[i].RowsOf(entry)[0].Sequence, i, entry));
                }
            }
        }

        superseded.Sort();
        conflicts.Sort();
        Superseded = superseded;
        _conflicts = [.. conflicts];
    }

    /// <summary>The rows taken in.</summary>
    public long Rows { get; }

    /// <summary>The rows that stay: one for each key that has a good one.</summary>
    public long Kept { get; }

    /// <summary>The rows in conflict with another of their key in the same file.</summary>
    public long Conflicting { get; }

    /// <summary>The rows that did not count after all.</summary>
    public long Withdrawn { get; }

    /// <summary>The places of the rows that did not count after all, ascending.</summary>
    public IReadOnlyList<long> WithdrawnSequences
    {
        get
        {
            var sequences = new List<long>();
            foreach (KeyStripe stripe in _stripes)
            {
                stripe.ListWithdrawn(sequences);
            }

            sequences.Sort();
            return sequences;
        }
    }

    /// <summary>The rows that repeat another or are replaced by a newer one.</summary>
    public long Deduplicated => Rows - Kept - Conflicting - Withdrawn;

    /// <summary>Those of the deduplicated rows that were to stay when they came in, by their places, ascending.</summary>
    public IReadOnlyList<long> Superseded { get; }

    /// <summary>How many keys of a file are in conflict.</summary>
    public int ConflictCount => _conflicts.Length;

    /// <summary>The keys in conflict, in the order of their first rows. Made one at a time: there may be as many as there are keys.</summary>
    public IEnumerable<KeyConflict> Conflicts => _conflicts.Select(conflict => Conflict(_stripes[conflict.Stripe], conflict.Entry));

    private KeyConflict Conflict(KeyStripe stripe, int entry)
    {
        List<(long Sequence, uint Content)> rows = stripe.RowsOf(entry);
        (int column, int at) = (-1, 0);
        uint first = rows[0].Content;
        uint other = first;
        for (int row = 1; column < 0; row++)
        {
            // Two addresses can hold the same cells.
            other = rows[row].Content;
            (column, at) = FirstDifference(stripe.Content(first), stripe.Content(other));
        }

        ColumnType type = _compared[column].Type;
        return new KeyConflict(
            [.. rows.Select(row => row.Sequence)],
            _compared[column].Name,
            RowContent.Format(stripe.Content(first)[at..], type),
            RowContent.Format(stripe.Content(other)[at..], type));
    }

    /// <summary>The first column in which two rows differ, and where its cell begins in both; -1 when they are equal.</summary>
    private (int Column, int At) FirstDifference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int at = 0;
        for (int column = 0; column < _compared.Count; column++)
        {
            int length = RowContent.LengthOf(one[at..]);
            if (length != RowContent.LengthOf(other[at..]) || !one.Slice(at, length).SequenceEqual(other.Slice(at, length)))
            {
                return (column, at);
            }

            at += length;
        }

        return (-1, 0);
    }
}
