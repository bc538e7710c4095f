using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>A mapping whose keys are known beforehand: gives their values, and objects to any other key.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> _values = [];
    private readonly YamlSource _source;

    /// <summary>Takes a mapping.</summary>
    /// <param name="source">Where problems go.</param>
    /// <param name="node">The node; it is a problem when it is no mapping.</param>
    /// <param name="what">What it describes, for messages.</param>
    /// <param name="known">The keys that may stand in it.</param>
    public YamlMap(YamlSource source, YamlNode node, string what, params ReadOnlySpan<string> known)
    {
        _source = source;
        Node = node;
        What = what;
        foreach ((YamlScalar key, YamlNode value) in source.Entries(node, what))
        {
            if (known.Contains(key.Text))
            {
                _values.Add(key.Text, value);
            }
            else
            {
                source.Unknown(key, "key", key.Text, known.ToArray());
            }
        }
    }

    /// <summary>The mapping itself.</summary>
    public YamlNode Node { get; }

    /// <summary>What it describes.</summary>
    public string What { get; }

    /// <summary>The value of a key, or null when it is not there.</summary>
    public YamlNode? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>The value of a key; a problem and null when it is not there.</summary>
    public YamlNode? Required(string key)
    {
        YamlNode? value = this[key];
        if (value is null)
        {
            _source.Add(Node, $"{What} needs `{key}`");
        }

        return value;
    }
}
