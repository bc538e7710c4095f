using System.Collections.Concurrent;
using Assay.Data;

namespace Assay.Refine.Dedup;

/// <summary>
/// Finds rows of the same key among all the rows of a run's load: several files, read by several workers, blocks
/// in any order. What comes out does not depend on that order, but which rows are told at once to go does.
/// </summary>
/// <remarks>
/// <para>Where rows must agree, those of a key in one file are one row written several times: the first stays,
/// the repeats go. When they differ in any other column, all of them are in conflict, and none stays. Of the good
/// rows of several files, the one of the last file stays.</para>
/// <para>Where rows need not agree, the last in the input stays.</para>
/// <para>In both cases a column can tell which row is newest; then its greatest value stays, a missing one counts
/// as the least, and only ties go by the input's order.</para>
/// <para>Memory, where rows must agree: some 44 bytes a key and file, and the bytes of the cells that must agree, a
/// text of more than 24 bytes counting 33.</para>
/// </remarks>
public sealed class KeyIndex
{
    private const int StripeBits = 4;
    private const int Stripes = 1 << StripeBits;
    private const int MostKeyColumns = 64;

    private readonly Schema _schema;
    private readonly int[] _key;
    private readonly int[] _compared;
    private readonly int _newest;
    private readonly KeyStripe[] _stripes;
    private readonly ConcurrentBag<KeyScratch> _scratch = [];

    /// <summary>Makes an empty index.</summary>
    /// <param name="rows">The columns of the rows.</param>
    /// <param name="key">The columns that make a row's key, 1 to 64. They should be required: a missing value is a value of its
    /// own here, so that two rows without one count as the same.</param>
    /// <param name="newest">The column that tells which row is newest, a number or a moment of 64 bits; null for the input's order.</param>
    /// <param name="mustAgree">Whether rows of one key in one file must agree in the other columns.</param>
    /// <param name="compared">The columns that they must agree in; null for all but the key. Columns computed from others need
    /// not be among them.</param>
    /// <exception cref="ArgumentException">A column is not there, or the newest cannot be told by it.</exception>
    public KeyIndex(Schema rows, IReadOnlyList<string> key, string? newest, bool mustAgree, IReadOnlyList<string>? compared = null)
    {
        if (key.Count is 0 or > MostKeyColumns)
        {
            throw new ArgumentException($"A key has 1 to {MostKeyColumns} columns, not {key.Count}.", nameof(key));
        }

        _schema = rows;
        _key = [.. key.Select(name => Ordinal(rows, name))];
        _newest = newest is null ? -1 : Ordinal(rows, newest);
        if (newest is not null && !KeyRules.HasOrder(rows.Columns[_newest].Type))
        {
            throw new ArgumentException($"`{newest}` cannot tell which row is newest: it is of type {rows.Columns[_newest].Type}.", nameof(newest));
        }

        compared ??= [.. rows.Columns.Select(column => column.Name).Except(key)];
        _compared = mustAgree ? [.. compared.Select(name => Ordinal(rows, name)).Except(_key)] : [];
        _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new KeyStripe(mustAgree, newest is not null))];
    }

    /// <summary>Takes rows in, from any thread.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sequences">The rows' places (<see cref="Sequences"/>), each given once to this index.</param>
    /// <param name="keep">Gets for each row whether it stays for now: what <see cref="Complete"/> gives may still take it back. A
    /// row that does not stay is done with.</param>
    /// <exception cref="ArgumentException">The column that tells the newest does not fit 64 bits.</exception>
    public void Add(RowBatch rows, ReadOnlySpan<long> sequences, Span<bool> keep)
    {
        int count = rows.Count;
        if (_newest >= 0 && rows.Columns[_newest].IsWide)
        {
            throw new ArgumentException($"`{_schema.Columns[_newest].Name}` tells the newest row, and does not fit 64 bits.", nameof(rows));
        }

        if (!_scratch.TryTake(out KeyScratch? scratch) || scratch.Capacity < count)
        {
            scratch = new KeyScratch(Math.Max(count, RowBatch.DefaultCapacity), Stripes, (_compared.Length * RowContent.MostCellBytes) + sizeof(ulong));
        }

        KeyHasher.Hash(rows, _key, scratch.First.AsSpan(0, count), scratch.Second.AsSpan(0, count), scratch.Nulls.AsSpan(0, count));
        Sort(scratch, count);

        // Workers begin at stripes of their own, so that they do not follow each other from lock to lock.
        int offset = Environment.CurrentManagedThreadId * 5;
        for (int i = 0; i < Stripes; i++)
        {
            int stripe = (i + offset) & (Stripes - 1);
            ReadOnlySpan<int> ofStripe = scratch.Rows.AsSpan(scratch.Starts[stripe]..scratch.Starts[stripe + 1]);
            if (ofStripe.IsEmpty)
            {
                continue;
            }

            lock (_stripes[stripe])
            {
                Add(_stripes[stripe], rows, ofStripe, sequences, scratch, keep);
            }
        }

        _scratch.Add(scratch);
    }

    /// <summary>Says what came of all rows. Call it once, when no more rows come.</summary>
    /// <param name="withdrawn">For rows that must agree: the places of those that do not count after all, because what they belong
    /// to was refused meanwhile. Where one of a key and file is withdrawn, all of them must be. Null for none.</param>
    /// <returns>The outcome.</returns>
    public KeyOutcome Complete(IReadOnlySet<long>? withdrawn = null) =>
        new(_stripes, [.. _compared.Select(column => _schema.Columns[column])], withdrawn ?? new HashSet<long>());

    private static int Ordinal(Schema rows, string name) =>
        rows.IndexOf(name) is var ordinal and >= 0 ? ordinal : throw new ArgumentException($"There is no column `{name}`.", nameof(name));

    /// <summary>Puts the rows of each stripe together, in their order.</summary>
    private static void Sort(KeyScratch scratch, int count)
    {
        int[] starts = scratch.Starts;
        Array.Clear(starts);
        for (int row = 0; row < count; row++)
        {
            starts[StripeOf(scratch, row)]++;
        }

        int end = 0;
        for (int stripe = 0; stripe < starts.Length; stripe++)
        {
            end += starts[stripe];
            starts[stripe] = end;
        }

        for (int row = count - 1; row >= 0; row--)
        {
            scratch.Rows[--starts[StripeOf(scratch, row)]] = row;
        }
    }

    /// <summary>By the bits that the tables do not use.</summary>
    private static int StripeOf(KeyScratch scratch, int row) => (int)(scratch.Second[row] >> (64 - StripeBits));

    private void Add(
        KeyStripe stripe, RowBatch rows, ReadOnlySpan<int> which, ReadOnlySpan<long> sequences, KeyScratch scratch, Span<bool> keep)
    {
        Vector? newest = _newest < 0 ? null : rows.Columns[_newest];
        foreach (int row in which)
        {
            int length = _compared.Length == 0 ? 0 : RowContent.Write(rows, _compared, row, scratch.Content);
            long value = newest is null ? 0 : newest.IsNull(row) ? long.MinValue : newest.Values[row];
            keep[row] = stripe.Add(scratch.First[row], scratch.Second[row], sequences[row], value, scratch.Content.AsSpan(0, length));
        }
    }
}
