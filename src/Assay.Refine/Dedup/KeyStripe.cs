using System.Runtime.InteropServices;

namespace Assay.Refine.Dedup;

/// <summary>Decides for a part of a load's keys which rows stay, as far as that is known already. Used by one thread at a time.</summary>
internal sealed class KeyStripe
{
    private const int ConflictFlag = int.MinValue;

    private readonly KeyTable _table;
    private readonly ByteArena _contents = new();
    private readonly List<Range> _ranges = [];
    private readonly List<(long Sequence, int Entry)> _superseded = [];
    private readonly HashSet<int> _withdrawn = [];
    private readonly bool _mustAgree;
    private long _rows;
    private int _leastFile = int.MaxValue;
    private int _mostFile = -1;

    /// <param name="mustAgree">Whether the rows of a key in a file must be equal.</param>
    /// <param name="hasNewest">Whether rows come with a value that tells the newest.</param>
    public KeyStripe(bool mustAgree, bool hasNewest)
    {
        _mustAgree = mustAgree;
        _table = new KeyTable(mustAgree, hasNewest);
    }

    public KeyTable Table => _table;

    /// <summary>Takes a row in.</summary>
    /// <param name="first">One half of the key's hash.</param>
    /// <param name="second">The other.</param>
    /// <param name="sequence">The row's place.</param>
    /// <param name="newest">The value that tells the newest, or 0.</param>
    /// <param name="content">The cells that rows must agree in.</param>
    /// <returns>Whether the row stays for now; false is final.</returns>
    public bool Add(ulong first, ulong second, long sequence, long newest, ReadOnlySpan<byte> content)
    {
        _rows++;
        int at = _table.FindOrAdd(first, second, sequence, out bool isNew);
        if (!isNew)
        {
            return _mustAgree ? AddAgain(at, sequence, content) : Replace(at, sequence, newest);
        }

        _table.SetNewest(at, newest);
        if (_mustAgree)
        {
            ref KeyTable.Entry entry = ref _table[at];
            entry.Content = content.IsEmpty ? 0 : _contents.Add(content);
            int file = Sequences.File(sequence);
            _leastFile = Math.Min(_leastFile, file);
            _mostFile = Math.Max(_mostFile, file);
        }

        return true;
    }

    /// <summary>Counts what came of the rows, and lists those that were to stay at first and are replaced by another.</summary>
    /// <param name="superseded">Gets their places.</param>
    /// <param name="withdrawn">The places of rows that do not count after all; where one of a key and file is, all are.</param>
    /// <returns>The rows taken in, those that stay, those in conflict and those withdrawn.</returns>
    public (long Rows, long Kept, long Conflicting, long Withdrawn) Complete(List<long> superseded, IReadOnlySet<long> withdrawn)
    {
        for (int at = 0; withdrawn.Count > 0 && at < _table.Count; at++)
        {
            if (withdrawn.Contains(_table[at].Start))
            {
                _withdrawn.Add(at);
            }
        }

        foreach ((long sequence, int entry) in _superseded)
        {
            if (!IsOut(entry))
            {
                superseded.Add(sequence);
            }
        }

        long kept = 0;
        long conflicting = 0;
        long gone = 0;
        var others = new List<int>();
        for (int at = 0; at < _table.Count; at++)
        {
            if (_withdrawn.Contains(at))
            {
                gone += CountOf(at);
            }
            else if (IsConflict(at))
            {
                conflicting += CountOf(at);
            }
            else if (_mustAgree && _leastFile < _mostFile && IsBeaten(at, others))
            {
                superseded.Add(_table[at].Start);
            }
            else
            {
                kept++;
            }
        }

        return (_rows, kept, conflicting, gone);
    }

    /// <summary>Whether the rows of an entry disagree, and count for something.</summary>
    public bool IsConflict(int entry) => _table[entry].More < 0 && !_withdrawn.Contains(entry);

    /// <summary>Adds the places of the rows that were withdrawn.</summary>
    public void ListWithdrawn(List<long> into)
    {
        foreach (int at in _withdrawn)
        {
            into.AddRange(RowsOf(at).Select(row => row.Sequence));
        }
    }

    private bool IsOut(int entry) => _table[entry].More < 0 || _withdrawn.Contains(entry);

    /// <summary>The rows of an entry in conflict by their places, ascending, and where the cells of each are.</summary>
    public List<(long Sequence, uint Content)> RowsOf(int at)
    {
        KeyTable.Entry entry = _table[at];
        var rows = new List<(long Sequence, uint Content)>();
        Take(entry.Start, entry.Length, entry.Content);
        for (int range = entry.More & ~ConflictFlag; range > 0; range = _ranges[range - 1].Before)
        {
            Take(_ranges[range - 1].Start, _ranges[range - 1].Length, _ranges[range - 1].Content);
        }

        rows.Sort();
        return rows;

        void Take(long start, int length, uint content)
        {
            for (int i = 0; i < length; i++)
            {
                rows.Add((start + i, content));
            }
        }
    }

    public ReadOnlySpan<byte> Content(uint address) => _contents.From(address);

    /// <summary>Rows need not agree: the newest stays, and of several the one that comes last in the input.</summary>
    private bool Replace(int at, long sequence, long newest)
    {
        ref KeyTable.Entry entry = ref _table[at];
        long known = _table.Newest(at);
        if (newest < known || (newest == known && sequence < entry.Start))
        {
            return false;
        }

        _superseded.Add((entry.Start, at));
        entry.Start = sequence;
        _table.SetNewest(at, newest);
        return true;
    }

    /// <summary>Rows of one file must agree: the first of them stays, whichever comes in first.</summary>
    private bool AddAgain(int at, long sequence, ReadOnlySpan<byte> content)
    {
        ref KeyTable.Entry entry = ref _table[at];
        bool isEqual = content.IsEmpty || _contents.From(entry.Content).StartsWith(content);
        if (!isEqual || entry.More < 0)
        {
            // From here on each row's cells are kept: which rows came in before, and so agree, must not matter.
            entry.More |= ConflictFlag;
            AddRange(ref entry, sequence, isEqual ? entry.Content : _contents.Add(content));
            return false;
        }

        long first = entry.Start;
        if (sequence > first)
        {
            AddBehind(ref entry, sequence);
            return false;
        }

        if (sequence == first - 1)
        {
            entry.Length++;
        }
        else
        {
            Push(ref entry, first, entry.Length, entry.Content);
            entry.Length = 1;
        }

        entry.Start = sequence;
        _superseded.Add((first, at));
        return true;
    }

    private void AddBehind(ref KeyTable.Entry entry, long sequence)
    {
        if (sequence == entry.Start + entry.Length)
        {
            entry.Length++;
        }
        else
        {
            AddRange(ref entry, sequence, entry.Content);
        }
    }

    /// <summary>Adds a row to the last range when it goes on there, else as a range of its own.</summary>
    private void AddRange(ref KeyTable.Entry entry, long sequence, uint content)
    {
        int last = entry.More & ~ConflictFlag;
        if (last > 0)
        {
            ref Range range = ref CollectionsMarshal.AsSpan(_ranges)[last - 1];
            if (range.Content == content && range.Start + range.Length == sequence)
            {
                range.Length++;
                return;
            }
        }

        Push(ref entry, sequence, 1, content);
    }

    private void Push(ref KeyTable.Entry entry, long start, int length, uint content)
    {
        _ranges.Add(new Range(start, length, content, entry.More & ~ConflictFlag));
        entry.More = _ranges.Count | (entry.More & ConflictFlag);
    }

    private long CountOf(int at)
    {
        KeyTable.Entry entry = _table[at];
        long count = entry.Length;
        for (int range = entry.More & ~ConflictFlag; range > 0; range = _ranges[range - 1].Before)
        {
            count += _ranges[range - 1].Length;
        }

        return count;
    }

    /// <summary>Whether a good entry of the same key in another file replaces this one.</summary>
    private bool IsBeaten(int at, List<int> others)
    {
        _table.FindOthers(at, others);
        long newest = _table.Newest(at);
        long start = _table[at].Start;
        foreach (int other in others)
        {
            long theirs = _table.Newest(other);
            if (!IsOut(other) && (theirs > newest || (theirs == newest && _table[other].Start > start)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rows of one key and file that follow each other and are equal.</summary>
    private record struct Range(long Start, int Length, uint Content, int Before);
}
