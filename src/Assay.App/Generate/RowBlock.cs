namespace Assay.App.Generate;

/// <summary>The rows that one thread is making: their values so far, a column at a time. Reused for every block.</summary>
internal sealed class RowBlock
{
    /// <summary>Rows evaluated at once: a value's array is then 8 KiB, and a few dozen of them stay in the cache.</summary>
    public const int Capacity = 1024;

    private readonly Stack<long[]> _spare = new();

    public RowBlock(ulong[] keys, int slots, long startSeconds, double errorRate)
    {
        ErrorRate = errorRate;
        Keys = keys;
        StartSeconds = startSeconds;
        Values = new long[slots][];
        for (int i = 0; i < slots; i++)
        {
            Values[i] = new long[Capacity];
        }
    }

    /// <summary>The key of every stream, by stream index.</summary>
    public ulong[] Keys { get; }

    /// <summary>The value of every slot for every row: <c>Values[slot][row - FirstRow]</c>.</summary>
    public long[][] Values { get; }

    /// <summary>The start date, in seconds since 0001-01-01.</summary>
    public long StartSeconds { get; }

    /// <summary>The chance that a row is made bad.</summary>
    public double ErrorRate { get; }

    /// <summary>The number of the first row of the block, from 0.</summary>
    public long FirstRow { get; set; }

    /// <summary>How many rows the block holds, at most <see cref="Capacity"/>.</summary>
    public int Count { get; set; }

    /// <summary>The values of a slot for the rows at hand.</summary>
    public Span<long> Slot(int slot) => Values[slot].AsSpan(0, Count);

    /// <summary>An array of <see cref="Capacity"/> for intermediate values; give it back with <see cref="Return"/>.</summary>
    public long[] Borrow() => _spare.TryPop(out long[]? array) ? array : new long[Capacity];

    /// <summary>Takes a borrowed array back.</summary>
    public void Return(long[] array) => _spare.Push(array);
}
