namespace Assay.Read;

/// <summary>
/// The elements of a document before its first record: what it has when it has no records at all, and whether it may
/// well have none. A list without elements in it looks like an element that stands there once, and is empty.
/// </summary>
internal sealed class XmlOutline
{
    /// <summary>Far more than documents have; it bounds the memory for what was made to have no end of names.</summary>
    private const int MostElements = 1000;

    private readonly Dictionary<XmlNode, (int Times, bool IsEmpty)> _elements = [];
    private XmlNode? _root;

    /// <summary>The local names of all elements, in the order they were met; none when the list of records may be empty.</summary>
    public IReadOnlyList<string> Names => _elements.Count == 0 || _elements.Values.Any(element => element is (1, true)) ? []
        : [.. _elements.Keys.Prepend(_root!).Select(node => XmlName.Show(node.Name.AsSpan(node.Prefix is { } prefix ? prefix.Length + 1 : 0))).Distinct(StringComparer.Ordinal)];

    /// <summary>Starts with a document.</summary>
    public void Reset()
    {
        _elements.Clear();
        _root = null;
    }

    /// <summary>Takes note of a start tag.</summary>
    /// <param name="node">The element.</param>
    /// <param name="depth">How many elements it is in.</param>
    public void Enter(XmlNode node, int depth)
    {
        if (depth == 0)
        {
            _root = node;
        }
        else if (_elements.TryGetValue(node, out (int Times, bool IsEmpty) seen))
        {
            _elements[node] = (seen.Times + 1, false);
        }
        else if (_elements.Count < MostElements)
        {
            _elements.Add(node, (1, false));
        }
    }

    /// <summary>Takes note that an element ends, and has nothing in it.</summary>
    /// <param name="node">The element.</param>
    public void Leave(XmlNode node)
    {
        if (_elements.TryGetValue(node, out (int Times, bool IsEmpty) seen))
        {
            _elements[node] = (seen.Times, true);
        }
    }
}
