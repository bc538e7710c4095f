namespace Assay.App.Pipelines;

/// <summary>A mapping of keys to values, in the order of the file.</summary>
/// <param name="Start">Where it begins.</param>
internal sealed record YamlMapping(Place Start) : YamlNode(Start)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private long _size = 1;

    /// <summary>Its entries.</summary>
    public List<(YamlScalar Key, YamlNode Value)> Entries { get; } = [];

    /// <inheritdoc />
    public override string Kind => "a mapping";

    /// <inheritdoc />
    public override long Size => _size;

    /// <summary>Adds an entry.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False when the key is there already: then nothing is added.</returns>
    public bool TryAdd(YamlScalar key, YamlNode value)
    {
        if (!_places.TryAdd(key.Text, Entries.Count))
        {
            return false;
        }

        Entries.Add((key, value));
        _size += 1 + value.Size;
        return true;
    }

    /// <summary>Finds an entry.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="entry">The entry, when there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string key, out (YamlScalar Key, YamlNode Value) entry)
    {
        bool found = _places.TryGetValue(key, out int place);
        entry = found ? Entries[place] : default;
        return found;
    }
}
