namespace Assay.Read;

/// <summary>The names of fields that were not asked for, in ordinal order, whichever worker met them when.</summary>
internal sealed class ExtraNames
{
    /// <summary>So many are kept, the first in their order: records that are keyed by values have no end of names.</summary>
    public const int Most = 1000;

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _list;

    /// <summary>The names. Readable from any thread.</summary>
    public IReadOnlyList<string> List
    {
        get
        {
            lock (_names)
            {
                return _list ??= [.. _names];
            }
        }
    }

    /// <summary>Adds names.</summary>
    /// <param name="names">The names; some may be known.</param>
    public void Add(List<string> names)
    {
        lock (_names)
        {
            foreach (string name in names)
            {
                if (_names.Count == Most && StringComparer.Ordinal.Compare(name, _names.Max) >= 0)
                {
                    continue;
                }

                if (_names.Add(name))
                {
                    _list = null;
                }

                if (_names.Count > Most)
                {
                    _names.Remove(_names.Max!);
                }
            }
        }
    }
}
