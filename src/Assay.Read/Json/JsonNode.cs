using System.Globalization;

namespace Assay.Read;

/// <summary>A place in the records that is asked for, or leads to such places.</summary>
internal sealed class JsonNode
{
    private readonly Dictionary<string, JsonNode> _children = new(StringComparer.Ordinal);
    private readonly List<int> _below = [];
    private readonly Dictionary<int, JsonNode> _elements = [];

    private JsonNode()
    {
    }

    /// <summary>The column whose value stands here, -1 for none.</summary>
    public int Column { get; private set; } = -1;

    /// <summary>The columns whose values stand here or below.</summary>
    public IReadOnlyList<int> Below => _below;

    /// <summary>The names in an object here; null when nothing below is asked for.</summary>
    public JsonNames? Names { get; private set; }

    /// <summary>Whether elements of a list here are asked for.</summary>
    public bool HasElements => _elements.Count > 0;

    /// <summary>Makes the tree of the places that are asked for.</summary>
    /// <param name="columns">The path of each column, in the columns' order; see <see cref="FieldPath"/>.</param>
    /// <param name="known">Paths whose top-level names are known though they are not asked for.</param>
    /// <returns>The records' own place.</returns>
    /// <exception cref="ArgumentException">A path is malformed, or two lead to one place.</exception>
    public static JsonNode Of(IReadOnlyList<string> columns, IReadOnlyList<string>? known = null)
    {
        var root = new JsonNode();
        for (int column = 0; column < columns.Count; column++)
        {
            JsonNode node = root;
            node._below.Add(column);
            foreach (string name in FieldPath.Parse(columns[column]))
            {
                node = node.Child(name);
                node._below.Add(column);
            }

            if (node.Column >= 0)
            {
                throw new ArgumentException($"`{columns[node.Column]}` and `{columns[column]}` are one place.", nameof(columns));
            }

            node.Column = column;
        }

        root.Names = new JsonNames(root._children.Select(each => (each.Key, each.Value)), tells: true, (known ?? []).Select(path => FieldPath.Parse(path)[0]));
        root.Complete();
        return root;
    }

    /// <summary>The place of an element in a list here.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <returns>The place; null when it is not asked for.</returns>
    public JsonNode? Element(int index) => _elements.GetValueOrDefault(index);

    private JsonNode Child(string name)
    {
        if (!_children.TryGetValue(name, out JsonNode? child))
        {
            _children.Add(name, child = new JsonNode());
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && name == index.ToString(CultureInfo.InvariantCulture))
            {
                _elements.Add(index, child);
            }
        }

        return child;
    }

    private void Complete()
    {
        if (_children.Count > 0)
        {
            Names ??= new JsonNames(_children.Select(each => (each.Key, each.Value)), tells: false);
        }

        foreach (JsonNode child in _children.Values)
        {
            child.Complete();
        }
    }
}
