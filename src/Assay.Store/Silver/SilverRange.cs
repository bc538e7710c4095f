namespace Assay.Store;

/// <summary>Rows of a table, told by their partition column.</summary>
public readonly record struct SilverRange
{
    private SilverRange(long? from, long? to, bool isMissing)
    {
        From = from;
        To = to;
        IsMissing = isMissing;
    }

    /// <summary>All rows.</summary>
    public static SilverRange All { get; }

    /// <summary>The rows whose partition column is null.</summary>
    public static SilverRange Missing { get; } = new(null, null, true);

    /// <summary>The least value, as a batch holds it; null when there is no bound.</summary>
    public long? From { get; }

    /// <summary>The first value that is too great, as a batch holds it; null when there is no bound.</summary>
    public long? To { get; }

    /// <summary>Whether it is the rows whose partition column is null.</summary>
    public bool IsMissing { get; }

    /// <summary>The rows of a time.</summary>
    /// <param name="from">The least value of the partition column, as a batch holds it.</param>
    /// <param name="to">The first value that is too great.</param>
    /// <returns>The range.</returns>
    public static SilverRange Between(long from, long to) => new(from, to, false);
}
