using System.Runtime.CompilerServices;

namespace Assay.Read;

/// <summary>A growing list of places in a block; its array is open to the loops that fill it.</summary>
internal sealed class PositionList(int capacity)
{
    /// <summary>The places; the first <see cref="Count"/> mean something.</summary>
    public int[] Items { get; private set; } = new int[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a place.</summary>
    /// <param name="position">The place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int position)
    {
        if (Count == Items.Length)
        {
            Reserve(1);
        }

        Items[Count++] = position;
    }

    /// <summary>Makes room for more.</summary>
    /// <param name="more">How many more will be written.</param>
    public void Reserve(int more)
    {
        if (Count + more > Items.Length)
        {
            int[] items = new int[Math.Max(Items.Length * 2, Count + more)];
            Array.Copy(Items, items, Count);
            Items = items;
        }
    }

    /// <summary>Says how many places are there, after writing to <see cref="Items"/> or to take some back.</summary>
    /// <param name="count">How many.</param>
    public void Truncate(int count) => Count = count;
}
