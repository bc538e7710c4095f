namespace Assay.App.Generate;

/// <summary>The rows that one thread is making, or the lines of those rows: their values so far, a column at a
/// time. Reused for every block.</summary>
internal sealed class RowBlock
{
    /// <summary>Rows evaluated at once: a value's array is then 8 KiB, and a few dozen of them stay in the cache.</summary>
    public const int MostRows = 1024;

    private readonly Stack<long[]> _spare = new();
    private readonly int _capacity;

    /// <summary>Makes room.</summary>
    /// <param name="settings">What the run was asked for.</param>
    /// <param name="capacity">The most rows it will hold.</param>
    /// <param name="slots">How many values each row has.</param>
    /// <param name="errorRate">The chance that a row is made bad.</param>
    /// <param name="parent">The rows that these are the lines of, or null.</param>
    public RowBlock(RunSettings settings, int capacity, int slots, double errorRate, RowBlock? parent = null)
    {
        Settings = settings;
        ErrorRate = errorRate;
        Parent = parent;
        _capacity = capacity;
        Values = new long[slots][];
        for (int i = 0; i < slots; i++)
        {
            Values[i] = new long[capacity];
        }
    }

    /// <summary>What the run was asked for.</summary>
    public RunSettings Settings { get; }

    /// <summary>The value of every slot for every row: <c>Values[slot][row - FirstRow]</c>.</summary>
    public long[][] Values { get; }

    /// <summary>The chance that a row is made bad.</summary>
    public double ErrorRate { get; }

    /// <summary>The rows that these are the lines of, or null.</summary>
    public RowBlock? Parent { get; }

    /// <summary>The lines of these rows, or null when rows have none.</summary>
    public RowBlock? Lines { get; set; }

    /// <summary>The number of the first row of the block, from 0. Not used for lines.</summary>
    public long FirstRow { get; set; }

    /// <summary>How many rows the block holds.</summary>
    public int Count { get; set; }

    /// <summary>The values of a slot for the rows at hand.</summary>
    public Span<long> Slot(int slot) => Values[slot].AsSpan(0, Count);

    /// <summary>An array for intermediate values of the rows; give it back with <see cref="Return"/>.</summary>
    public long[] Borrow() => _spare.TryPop(out long[]? array) ? array : new long[_capacity];

    /// <summary>Takes a borrowed array back.</summary>
    public void Return(long[] array) => _spare.Push(array);
}
