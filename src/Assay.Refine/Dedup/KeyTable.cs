using System.Runtime.InteropServices;

namespace Assay.Refine.Dedup;

/// <summary>
/// What is known of a part of a load's keys: an open-addressing table of places in a list of entries, which grows
/// by chunks and is never copied. An entry is a key in one file, or in all files when rows need not agree. Used by
/// one thread at a time.
/// </summary>
internal sealed class KeyTable
{
    /// <summary>4,096 entries are 144 KB, past the size from which the collector leaves arrays where they are.</summary>
    private const int ChunkBits = 12;
    private const int ChunkMask = (1 << ChunkBits) - 1;
    private const int EntryBits = 32;

    private readonly bool _byFile;
    private readonly List<Entry[]> _entries = [];
    private readonly List<long[]>? _newest;

    /// <summary>By slot, the upper half of the key's first hash, then the entry, counted from 1; 0 where there is none. A probe
    /// looks into an entry, which is seldom in a cache, only when the hashes agree.</summary>
    private ulong[] _slots = new ulong[1024];
    private int _last = -1;

    /// <param name="byFile">Whether each file's rows of a key are an entry of their own.</param>
    /// <param name="hasNewest">Whether entries have a value that tells the newest.</param>
    public KeyTable(bool byFile, bool hasNewest)
    {
        _byFile = byFile;
        _newest = hasNewest ? [] : null;
    }

    public int Count { get; private set; }

    public ref Entry this[int entry] => ref _entries[entry >> ChunkBits][entry & ChunkMask];

    /// <summary>The value of the newest row of an entry; without such a column all are equal.</summary>
    public long Newest(int entry) => _newest is null ? 0 : _newest[entry >> ChunkBits][entry & ChunkMask];

    public void SetNewest(int entry, long value)
    {
        if (_newest is not null)
        {
            _newest[entry >> ChunkBits][entry & ChunkMask] = value;
        }
    }

    /// <summary>Finds a key, or makes room for it.</summary>
    /// <param name="first">One half of its hash.</param>
    /// <param name="second">The other.</param>
    /// <param name="sequence">The row's place, with its file.</param>
    /// <param name="isNew">Whether the key was not there: then the entry holds this row's place and nothing else.</param>
    /// <returns>The entry.</returns>
    public int FindOrAdd(ulong first, ulong second, long sequence, out bool isNew)
    {
        // Rows of one key mostly follow each other.
        if (_last >= 0 && IsOf(ref this[_last], first, second, sequence))
        {
            isNew = false;
            return _last;
        }

        int mask = _slots.Length - 1;
        int slot = (int)first & mask;
        for (ulong found; (found = _slots[slot]) != 0; slot = (slot + 1) & mask)
        {
            if ((found ^ first) >> EntryBits == 0 && IsOf(ref this[EntryOf(found)], first, second, sequence))
            {
                isNew = false;
                return _last = EntryOf(found);
            }
        }

        isNew = true;
        return _last = Add(first, second, sequence, slot);
    }

    /// <summary>The other entries of an entry's key: those of other files.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="others">Gets them.</param>
    public void FindOthers(int entry, List<int> others)
    {
        others.Clear();
        ref Entry mine = ref this[entry];
        int mask = _slots.Length - 1;
        for (int slot = (int)mine.First & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int other = EntryOf(_slots[slot]);
            if ((_slots[slot] ^ mine.First) >> EntryBits == 0 && other != entry && this[other].First == mine.First && this[other].Second == mine.Second)
            {
                others.Add(other);
            }
        }
    }

    private static int EntryOf(ulong slot) => (int)(uint)slot - 1;

    private static ulong SlotOf(ulong first, int entry) => (first >> EntryBits << EntryBits) | (uint)(entry + 1);

    private bool IsOf(ref Entry known, ulong first, ulong second, long sequence) =>
        known.First == first && known.Second == second && (!_byFile || Sequences.IsSameFile(known.Start, sequence));

    private int Add(ulong first, ulong second, long sequence, int slot)
    {
        int entry = Count++;
        if ((entry & ChunkMask) == 0)
        {
            _entries.Add(new Entry[ChunkMask + 1]);
            _newest?.Add(new long[ChunkMask + 1]);
        }

        this[entry] = new Entry { First = first, Second = second, Start = sequence, Length = 1 };
        _slots[slot] = SlotOf(first, entry);
        if (Count * 4L > _slots.Length * 3L)
        {
            Grow();
        }

        return entry;
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        int mask = slots.Length - 1;
        for (int entry = 0; entry < Count; entry++)
        {
            ulong first = this[entry].First;
            int slot = (int)first & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = SlotOf(first, entry);
        }

        _slots = slots;
    }

    /// <summary>A key and the rows that have it: a range of places from <see cref="Start"/>, the lowest, and further ranges.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Entry
    {
        public ulong First;
        public ulong Second;
        public long Start;
        public uint Content;
        public int Length;

        /// <summary>The last of the further ranges, counted from 1; 0 when there are none. Negative when the rows do not agree.</summary>
        public int More;
    }
}
