namespace Assay.Read;

/// <summary>The names of fields that were not asked for, in ordinal order, whichever worker met them when.</summary>
/// <param name="known">Names that are known though they were not asked for.</param>
/// <param name="counts">Whether it is counted how many records have each of the others.</param>
internal sealed class ExtraNames(IEnumerable<string> known, bool counts)
{
    /// <summary>So many are kept, the first in their order: records that are keyed by values have no end of names.</summary>
    public const int Most = 1000;

    private readonly HashSet<string> _known = new(known, StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int File, long Row)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _list;
    private bool _isCounted;

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

    /// <summary>Those that are not known, with their places. Readable from any thread.</summary>
    public IReadOnlyList<ExtraField> Unknown
    {
        get
        {
            lock (_names)
            {
                return
                [
                    .. _names.Where(name => !_known.Contains(name)).Select(name => new ExtraField(
                        name, _places[name].File, _places[name].Row, counts ? _values.GetValueOrDefault(name) : null)),
                ];
            }
        }
    }

    /// <summary>Adds names, of one block after another in reading order.</summary>
    /// <param name="names">The names; some may be known.</param>
    /// <param name="rows">For each, the first row of the block that has it.</param>
    /// <param name="file">The block's file.</param>
    /// <param name="firstRow">The number of the block's first row.</param>
    public void Add(List<string> names, List<int> rows, int file, long firstRow)
    {
        if (names.Count == 0)
        {
            return;
        }

        lock (_names)
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (_names.Count == Most && StringComparer.Ordinal.Compare(names[i], _names.Max) >= 0)
                {
                    continue;
                }

                if (_names.Add(names[i]))
                {
                    _places[names[i]] = (file, firstRow + rows[i]);
                    _list = null;
                }

                if (_names.Count > Most)
                {
                    _places.Remove(_names.Max!);
                    _names.Remove(_names.Max!);
                }
            }
        }
    }

    /// <summary>Adds how many records of a block have each unknown field; nothing in a second pass.</summary>
    public void Count(IReadOnlyDictionary<string, int> unknown)
    {
        if (_isCounted || unknown.Count == 0)
        {
            return;
        }

        lock (_names)
        {
            foreach ((string name, int records) in unknown)
            {
                _values[name] = _values.GetValueOrDefault(name) + records;
            }
        }
    }

    /// <summary>Ends the counting: what follows is a second pass.</summary>
    public void EndCount() => _isCounted = true;
}
