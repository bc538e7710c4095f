using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>Reads what stands in a start tag after the name.</summary>
/// <param name="window">The document.</param>
/// <param name="shape">The elements known.</param>
/// <param name="namespaces">The prefixes declared.</param>
/// <param name="rows">The records found.</param>
internal sealed class XmlAttributes(XmlWindow window, XmlShape shape, XmlNamespaces namespaces, XmlRows rows)
{
    // Bounds the time that the search for twins takes; far above what any tag has.
    private const int Most = 1000;

    private readonly XmlWindow _window = window;
    private readonly XmlShape _shape = shape;
    private readonly XmlNamespaces _namespaces = namespaces;
    private readonly XmlRows _rows = rows;
    private Met[] _met = new Met[16];
    private int _count;

    /// <summary>Whether the tag was that of an empty element.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Whether the element has no value, not even an empty one.</summary>
    public bool IsNil { get; private set; }

    /// <summary>Reads to the end of the tag.</summary>
    /// <param name="node">The element.</param>
    /// <param name="at">Where its name ends.</param>
    /// <param name="depth">How deep the element is, from 1.</param>
    /// <returns>The place after the tag, or why there is none.</returns>
    public int Scan(XmlNode node, int at, int depth)
    {
        ReadOnlySpan<byte> bytes = _window.Span;
        int start = at - node.Name.Length;
        IsEmpty = false;
        IsNil = false;
        _count = 0;
        at = ScanExpected(node, at);
        while (true)
        {
            int next = PastSpace(bytes, at);
            if (next == bytes.Length)
            {
                return XmlWindow.More;
            }

            if (bytes[next] == (byte)'>')
            {
                at = next + 1;
                break;
            }

            if (bytes[next] == (byte)'/')
            {
                if (next + 1 == bytes.Length)
                {
                    return XmlWindow.More;
                }

                IsEmpty = bytes[next + 1] == (byte)'>';
                if (!IsEmpty)
                {
                    return Unexpected(node, next);
                }

                at = next + 2;
                break;
            }

            if (next == at)
            {
                return Unexpected(node, next);
            }

            at = ScanOne(bytes, node, next);
            if (at < 0)
            {
                return at;
            }
        }

        return _count == 0 ? CheckPrefix(node, start, at) : Finish(node, start, at, depth);
    }

    /// <summary>Checks that an element's prefix is declared.</summary>
    /// <param name="node">The element.</param>
    /// <param name="at">Where its name stands.</param>
    /// <param name="next">The place after its start tag.</param>
    /// <returns>That place, or that it is not.</returns>
    public int CheckPrefix(XmlNode node, int at, int next) => _namespaces.Knows(node) ? next : Undeclared(at, node.Prefix!);

    /// <summary>Reads attributes as long as they are those of last time, in their order, and simply written.</summary>
    private int ScanExpected(XmlNode node, int at)
    {
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(_window.Bytes);
        foreach (XmlAttributeName name in CollectionsMarshal.AsSpan(node.Attributes))
        {
            if (Unsafe.Add(ref bytes, at) != (byte)' ' || !XmlWindow.Matches(ref bytes, at + 1, name.Open))
            {
                break;
            }

            int value = at + 1 + name.Open.Length;
            int end = XmlWindow.Quote(ref bytes, value);
            if (Unsafe.Add(ref bytes, end) != (byte)'"')
            {
                break;
            }

            // No search for twins: an element's known attributes differ.
            Add(new Met(name, value, end - value, false));
            at = end + 1;
        }

        return at;
    }

    private static int PastSpace(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && XmlCharacters.IsSpace(bytes[at]))
        {
            at++;
        }

        return at;
    }

    private int ScanOne(ReadOnlySpan<byte> bytes, XmlNode node, int at)
    {
        int length = bytes[at..].IndexOfAnyExcept(XmlCharacters.InNames);
        if (length is < 0 or > XmlCharacters.LongestName)
        {
            return bytes.Length - at > XmlCharacters.LongestName
                ? _window.Fail(at, $"a name of more than {XmlCharacters.LongestName} bytes")
                : XmlWindow.More;
        }

        if (length == 0)
        {
            return Unexpected(node, at);
        }

        if (_shape.Attribute(node, _count, bytes.Slice(at, length)) is not { } name)
        {
            return _window.Fail(at, $"`{XmlName.Show(bytes.Slice(at, length))}` is no name");
        }

        int sign = PastSpace(bytes, at + length);
        int quote = sign < bytes.Length && bytes[sign] == (byte)'=' ? PastSpace(bytes, sign + 1) : sign;
        if (quote == bytes.Length)
        {
            return XmlWindow.More;
        }

        if (quote == sign || bytes[quote] is not ((byte)'"' or (byte)'\''))
        {
            return _window.Fail(quote, $"the attribute `{XmlName.Show(name.Name)}` has no value in quotes");
        }

        int end = EndOfValue(bytes, quote, out bool decode);
        if (end < 0)
        {
            return end;
        }

        return Note(new Met(name, quote + 1, end - quote - 1, decode), at) ?? end + 1;
    }

    private int EndOfValue(ReadOnlySpan<byte> bytes, int quote, out bool decode)
    {
        decode = false;
        int at = quote + 1;
        while (true)
        {
            int found = bytes[at..].IndexOfAny(bytes[quote], (byte)'<', (byte)'&');
            if (found < 0)
            {
                return XmlWindow.More;
            }

            at += found;
            if (bytes[at] == bytes[quote])
            {
                decode |= bytes[(quote + 1)..at].IndexOfAny((byte)'\t', (byte)'\n', (byte)'\r') >= 0;
                return at;
            }

            if (bytes[at] == (byte)'<')
            {
                return _window.Fail(at, "a `<` in an attribute's value: write `&lt;`");
            }

            decode = true;
            at = XmlReferences.Scan(_window, at);
            if (at < 0)
            {
                return at;
            }
        }
    }

    private int? Note(Met met, int at)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_met[i].Name.Hash == met.Name.Hash && _met[i].Name.Name.AsSpan().SequenceEqual(met.Name.Name))
            {
                return _window.Fail(at, $"the attribute `{XmlName.Show(met.Name.Name)}` is there twice");
            }
        }

        if (_count == Most)
        {
            return _window.Fail(at, $"a tag with more than {Most} attributes");
        }

        Add(met);
        return null;
    }

    private void Add(Met met)
    {
        if (_count == _met.Length)
        {
            Array.Resize(ref _met, _count * 2);
        }

        _met[_count++] = met;
    }

    private int Finish(XmlNode node, int start, int at, int depth)
    {
        bool prefixed = false;
        for (int i = 0; i < _count; i++)
        {
            Met met = _met[i];
            if (met.Name.IsDeclaration)
            {
                if (_namespaces.Declare(met.Name, _window.Bytes.AsSpan(met.Start, met.Length), depth) is { } reason)
                {
                    return _window.Fail(met.Start, reason);
                }
            }
            else
            {
                prefixed |= met.Name.Prefix is not null;
            }
        }

        int end = prefixed ? CheckPrefixes(at) : at;
        end = end < 0 ? end : CheckPrefix(node, start, at);
        if (end >= 0 && _rows.IsOpen)
        {
            Record();
        }

        return end;
    }

    private int CheckPrefixes(int at)
    {
        for (int i = 0; i < _count; i++)
        {
            XmlAttributeName name = _met[i].Name;
            if (name.Prefix is null || name.IsDeclaration)
            {
                continue;
            }

            if (!_namespaces.Uri(name.Prefix, out ReadOnlySpan<byte> uri))
            {
                return Undeclared(_met[i].Start, name.Prefix);
            }

            for (int j = 0; j < i; j++)
            {
                XmlAttributeName other = _met[j].Name;
                if (other.Hash == name.Hash && other.Prefix is not null && other.Local.AsSpan().SequenceEqual(name.Local)
                    && !other.IsDeclaration && _namespaces.Uri(other.Prefix, out ReadOnlySpan<byte> twin) && uri.SequenceEqual(twin))
                {
                    return _window.Fail(
                        _met[i].Start, $"the attributes `{XmlName.Show(other.Name)}` and `{XmlName.Show(name.Name)}` are the same");
                }
            }
        }

        return at;
    }

    private void Record()
    {
        for (int i = 0; i < _count; i++)
        {
            Met met = _met[i];
            if (met.Name.IsDeclaration)
            {
                continue;
            }

            if (met.Name.IsNil)
            {
                ReadOnlySpan<byte> value = _window.Bytes.AsSpan(met.Start, met.Length);
                IsNil = value.SequenceEqual("true"u8) || value.SequenceEqual("1"u8);
                continue;
            }

            if (met.Name.Column >= 0)
            {
                _rows.SetAttribute(met.Name.Column, met.Start, met.Length, met.Decode, yields: false);
            }

            if (met.Name.PlainColumn >= 0)
            {
                _rows.SetAttribute(met.Name.PlainColumn, met.Start, met.Length, met.Decode, yields: true);
            }
            else if (met.Name.Column < 0 && !met.Name.IsReported)
            {
                met.Name.IsReported = true;
                _shape.Report(met.Name.Path);
            }
        }
    }

    private int Undeclared(int at, byte[] prefix) =>
        _window.Fail(at, $"the prefix `{XmlName.Show(prefix)}` is not declared (`xmlns:{XmlName.Show(prefix)}`)");

    private int Unexpected(XmlNode node, int at) => _window.Fail(
        at, $"{XmlName.ShowFirst(_window.Span[at..])} is not expected in the tag of `{XmlName.Show(node.Name)}`");

    private readonly record struct Met(XmlAttributeName Name, int Start, int Length, bool Decode);
}
