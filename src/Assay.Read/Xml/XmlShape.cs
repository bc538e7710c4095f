using System.Text;

namespace Assay.Read;

/// <summary>
/// The elements that were met so far, as a tree: by name under name, each known once, however often it comes.
/// </summary>
/// <param name="record">The local name of records.</param>
/// <param name="columns">The columns that are needed.</param>
/// <remarks>
/// A file that has ever new names must not make it grow for ever: past a limit, elements are made anew each time they
/// are met, which is slower, and what they are called is no longer told.
/// </remarks>
internal sealed class XmlShape(string record, IReadOnlyList<string> columns)
{
    private const int MostNodes = 4096;
    private const int MostChildren = 256;
    private const int MostReported = 1000;

    private readonly byte[] _record = Encoding.UTF8.GetBytes(record);
    private readonly int _longestPath = Math.Max(256, columns.Select(column => column.Length).DefaultIfEmpty().Max());
    private readonly Dictionary<string, int> _columns =
        columns.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => column.i, StringComparer.Ordinal);

    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private volatile string[] _extra = [];
    private int _nodes;

    /// <summary>What all documents are in.</summary>
    public XmlNode Root { get; } = new([], -1);

    /// <summary>The columns that records have besides those that are needed, in the order they were met. Readable from any thread.</summary>
    public IReadOnlyList<string> Extra => _extra;

    /// <summary>An element's child.</summary>
    /// <param name="parent">The element.</param>
    /// <param name="expected">The child to try first, if any.</param>
    /// <param name="name">The child's name as it is written.</param>
    /// <returns>The child; null when that is no name.</returns>
    public XmlNode? Child(XmlNode parent, XmlNode? expected, ReadOnlySpan<byte> name)
    {
        if (expected is not null && name.SequenceEqual(expected.Name))
        {
            return expected;
        }

        foreach (XmlNode child in parent.Children)
        {
            if (name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return NewChild(parent, name);
    }

    /// <summary>An element's attribute.</summary>
    /// <param name="node">The element.</param>
    /// <param name="place">Which of its attributes it is, from 0.</param>
    /// <param name="name">The attribute's name as it is written.</param>
    /// <returns>The attribute; null when that is no name.</returns>
    public XmlAttributeName? Attribute(XmlNode node, int place, ReadOnlySpan<byte> name)
    {
        if (place < node.Attributes.Count && name.SequenceEqual(node.Attributes[place].Name))
        {
            return node.Attributes[place];
        }

        foreach (XmlAttributeName attribute in node.Attributes)
        {
            if (name.SequenceEqual(attribute.Name))
            {
                return attribute;
            }
        }

        return NewAttribute(node, name);
    }

    /// <summary>Notes that an element has text of its own, or an attribute a value.</summary>
    /// <param name="path">What it is called as a column.</param>
    public void Report(string? path)
    {
        if (!string.IsNullOrEmpty(path) && _reported.Count < MostReported && !_columns.ContainsKey(path) && _reported.Add(path))
        {
            _extra = [.. _extra, path];
        }
    }

    private XmlNode? NewChild(XmlNode parent, ReadOnlySpan<byte> name)
    {
        if (!XmlCharacters.IsName(name, out int colon))
        {
            return null;
        }

        ReadOnlySpan<byte> local = name[(colon + 1)..];
        bool isRecord = !parent.IsInRecord && local.SequenceEqual(_record);
        string? path = isRecord ? "" : Path(parent, "", local);
        var child = new XmlNode(name.ToArray(), colon)
        {
            Path = path,
            Column = isRecord ? Column(".") : Column(path),
            IsRecord = isRecord,
            IsInRecord = isRecord || parent.IsInRecord,
        };
        if (_nodes < MostNodes && parent.Children.Count < MostChildren)
        {
            parent.Children.Add(child);
            _nodes++;
        }

        return child;
    }

    private XmlAttributeName? NewAttribute(XmlNode node, ReadOnlySpan<byte> name)
    {
        if (!XmlCharacters.IsName(name, out int colon))
        {
            return null;
        }

        ReadOnlySpan<byte> local = name[(colon + 1)..];
        string? path = Path(node, "@", local);
        var attribute = new XmlAttributeName(name.ToArray(), colon, path)
        {
            Column = Column(path),
            PlainColumn = Column(Path(node, "", local)),
        };
        if (_nodes < MostNodes && node.Attributes.Count < MostChildren)
        {
            node.Attributes.Add(attribute);
            _nodes++;
        }

        return attribute;
    }

    private string? Path(XmlNode parent, string mark, ReadOnlySpan<byte> local) =>
        parent.Path is null || parent.Path.Length + local.Length > _longestPath
            ? null
            : parent.Path.Length == 0 ? mark + Encoding.UTF8.GetString(local) : $"{parent.Path}.{mark}{Encoding.UTF8.GetString(local)}";

    private int Column(string? path) => path is not null && _columns.TryGetValue(path, out int column) ? column : -1;
}
