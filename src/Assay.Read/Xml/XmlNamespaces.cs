namespace Assay.Read;

/// <summary>
/// The prefixes that are declared where the scanner is (Namespaces in XML 1.0). Columns are found without them; but a
/// document that uses what it does not declare is cut from another, or not what it should be.
/// </summary>
internal sealed class XmlNamespaces
{
    // Bounds what a document can make of it; far above what any declares.
    private const int Most = 1000;
    private const int MostBytes = 1 << 20;

    private readonly List<Declared> _declared = [];
    private byte[] _names = new byte[256];
    private int _used;

    /// <summary>Changes with every declaration that comes or goes.</summary>
    public long State { get; private set; }

    /// <summary>How many declarations there are.</summary>
    public int Count => _declared.Count;

    /// <summary>Declares a prefix.</summary>
    /// <param name="attribute">The attribute that does.</param>
    /// <param name="raw">Its value as it is written.</param>
    /// <param name="depth">How deep the element is, from 1.</param>
    /// <returns>Why it must not; null when it may.</returns>
    public string? Declare(XmlAttributeName attribute, ReadOnlySpan<byte> raw, int depth)
    {
        if (_declared.Count == Most || _used + raw.Length > MostBytes)
        {
            return "there are too many declarations of namespaces";
        }

        if (_names.Length < _used + raw.Length)
        {
            Array.Resize(ref _names, Math.Max(_used + raw.Length, _names.Length * 2));
        }

        int length = XmlTextDecoder.DecodeAttribute(raw, _names.AsSpan(_used));
        ReadOnlySpan<byte> uri = _names.AsSpan(_used, length);
        byte[] prefix = attribute.Prefix is null ? [] : attribute.Local;
        bool isXml = prefix.AsSpan().SequenceEqual("xml"u8);
        if (isXml != uri.SequenceEqual("http://www.w3.org/XML/1998/namespace"u8)
            || prefix.AsSpan().SequenceEqual("xmlns"u8)
            || uri.SequenceEqual("http://www.w3.org/2000/xmlns/"u8))
        {
            return $"the namespace of `xml` and `xmlns` is fixed, `{XmlName.Show(attribute.Name)}` must not declare it";
        }

        if (prefix.Length > 0 && length == 0)
        {
            return $"`{XmlName.Show(attribute.Name)}` declares no namespace";
        }

        _declared.Add(new Declared(prefix, _used, length, depth));
        _used += length;
        State++;
        return null;
    }

    /// <summary>Whether an element's prefix is declared.</summary>
    /// <param name="node">The element.</param>
    /// <returns>True when it is, or there is none.</returns>
    public bool Knows(XmlNode node)
    {
        if (node.Prefix is null || node.KnownIn == State)
        {
            return true;
        }

        if (Uri(node.Prefix, out _))
        {
            node.KnownIn = State;
            return true;
        }

        return false;
    }

    /// <summary>What a prefix stands for.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="uri">The namespace, until the next declaration.</param>
    /// <returns>False when the prefix is not declared.</returns>
    public bool Uri(byte[] prefix, out ReadOnlySpan<byte> uri)
    {
        for (int i = _declared.Count - 1; i >= 0; i--)
        {
            if (_declared[i].Prefix.AsSpan().SequenceEqual(prefix))
            {
                uri = _names.AsSpan(_declared[i].Start, _declared[i].Length);
                return true;
            }
        }

        uri = "http://www.w3.org/XML/1998/namespace"u8;
        return prefix.AsSpan().SequenceEqual("xml"u8);
    }

    /// <summary>Forgets what an element declared.</summary>
    /// <param name="depth">How deep the element is that ends.</param>
    public void Leave(int depth)
    {
        int count = _declared.Count;
        while (count > 0 && _declared[count - 1].Depth >= depth)
        {
            count--;
        }

        Truncate(count);
    }

    /// <summary>Forgets the last declarations.</summary>
    /// <param name="count">How many to keep.</param>
    public void Truncate(int count)
    {
        if (count < _declared.Count)
        {
            _used = _declared[count].Start;
            _declared.RemoveRange(count, _declared.Count - count);
            State++;
        }
    }

    private readonly record struct Declared(byte[] Prefix, int Start, int Length, int Depth);
}
