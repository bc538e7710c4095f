using Assay.Data;

namespace Assay.Measure.Memory.Joins;

/// <summary>Finds rows by a number, date or truth value: an open hash table of row numbers.</summary>
internal sealed class NumberLookupIndex : LookupIndex
{
    private long[] _keys = new long[32];
    private int[] _slots = new int[64];
    private int _count;

    public override int Count => _count;

    public override bool TryAdd(Vector keys, int row, TextPool texts) => TryAdd(checked((long)keys.Get(row)));

    public override bool TryMerge(LookupIndex other)
    {
        var theirs = (NumberLookupIndex)other;
        for (int row = 0; row < theirs._count; row++)
        {
            if (!TryAdd(theirs._keys[row]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(long key) => _slots[Slot(key)] - 1;

    private bool TryAdd(long key)
    {
        int slot = Slot(key);
        if (_slots[slot] != 0)
        {
            return false;
        }

        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
        }

        _keys[_count] = key;
        _slots[slot] = ++_count;
        if (_count * 2 > _slots.Length)
        {
            _slots = new int[_slots.Length * 2];
            for (int row = 0; row < _count; row++)
            {
                _slots[Slot(_keys[row])] = row + 1;
            }
        }

        return true;
    }

    /// <summary>The slot of a key, or the empty one where it would go.</summary>
    private int Slot(long key)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(WordHash.Of((ulong)key) & (uint)mask);
        while (_slots[slot] != 0 && _keys[_slots[slot] - 1] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
