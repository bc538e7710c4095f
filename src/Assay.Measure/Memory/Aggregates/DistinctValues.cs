namespace Assay.Measure.Memory.Aggregates;

/// <summary>Pairs of a group and a value that were met: an open hash table, a slot of sixteen bytes a pair.</summary>
internal sealed class DistinctValues
{
    private Slot[] _slots = new Slot[64];
    private int _count;

    /// <summary>Adds a pair.</summary>
    /// <param name="group">The group, from 1: an empty slot has none.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when it was met before.</returns>
    public bool Add(int group, long value)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)(Hash(group, value) & (uint)mask);
        while (slots[at].Group != 0)
        {
            if (slots[at].Value == value && slots[at].Group == group)
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        slots[at] = new Slot { Value = value, Group = group };
        _count++;
        if (_count > slots.Length - (slots.Length >> 2))
        {
            Grow();
        }

        return true;
    }

    /// <summary>All pairs, in no order that means anything.</summary>
    public IEnumerable<(int Group, long Value)> Pairs()
    {
        foreach (Slot slot in _slots)
        {
            if (slot.Group != 0)
            {
                yield return (slot.Group, slot.Value);
            }
        }
    }

    private void Grow()
    {
        var slots = new Slot[_slots.Length * 2];
        int mask = slots.Length - 1;
        foreach (Slot slot in _slots)
        {
            if (slot.Group != 0)
            {
                int at = (int)(Hash(slot.Group, slot.Value) & (uint)mask);
                while (slots[at].Group != 0)
                {
                    at = (at + 1) & mask;
                }

                slots[at] = slot;
            }
        }

        _slots = slots;
    }

    private static uint Hash(int group, long value) => WordHash.Of((ulong)value, WordHash.Of((ulong)group));

    private struct Slot
    {
        public long Value;
        public int Group;
    }
}
