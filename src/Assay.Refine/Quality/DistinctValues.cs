namespace Assay.Refine.Quality;

/// <summary>The distinct values of a small domain; past a limit it only knows that there are many.</summary>
internal sealed class DistinctValues
{
    /// <summary>More values than this are no domain that a person would read.</summary>
    public const int Limit = 1000;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <summary>How many there are, or null when there are more than <see cref="Limit"/>.</summary>
    public int? Count => IsLarge ? null : _values.Count;

    private bool IsLarge { get; set; }

    public void Add(string value)
    {
        if (!IsLarge && _values.Add(value) && _values.Count > Limit)
        {
            IsLarge = true;
            _values.Clear();
        }
    }

    public void Merge(DistinctValues other)
    {
        IsLarge |= other.IsLarge;
        foreach (string value in other._values)
        {
            Add(value);
        }
    }
}
