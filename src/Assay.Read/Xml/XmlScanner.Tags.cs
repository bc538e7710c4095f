namespace Assay.Read;

/// <content>Start tags and end tags.</content>
internal sealed partial class XmlScanner
{
    private int ScanEndTag(int at)
    {
        if (_depth == 0)
        {
            return _window.Fail(at, "an end tag without a start tag");
        }

        ReadOnlySpan<byte> rest = _window.Span[(at + 2)..];
        int length = rest.IndexOfAnyExcept(XmlCharacters.InNames);
        if (length < 0 && rest.Length <= XmlCharacters.LongestName)
        {
            return XmlWindow.More;
        }

        ReadOnlySpan<byte> name = length < 0 ? rest : rest[..length];
        XmlNode node = _frames[_depth].Node;
        if (!name.SequenceEqual(node.Name))
        {
            return _window.Fail(at + 2, $"the end tag `{XmlName.Show(name)}` closes `{XmlName.Show(node.Name)}`");
        }

        while (length < rest.Length && XmlCharacters.IsSpace(rest[length]))
        {
            length++;
        }

        return length == rest.Length ? XmlWindow.More
            : length > LongestTag ? TagTooLong(at)
            : rest[length] == (byte)'>' ? Close(at, at + length + 3)
            : _window.Fail(
                at + 2 + length, $"{XmlName.ShowFirst(rest[length..])} is not expected in the end tag `{XmlName.Show(node.Name)}`");
    }

    private int ScanStartTag(int at)
    {
        ReadOnlySpan<byte> rest = _window.Span[(at + 1)..];
        int length = rest.IndexOfAnyExcept(XmlCharacters.InNames);
        if (length is < 0 or > XmlCharacters.LongestName)
        {
            return rest.Length > XmlCharacters.LongestName
                ? _window.Fail(at, $"a name of more than {XmlCharacters.LongestName} bytes")
                : XmlWindow.More;
        }

        if (length == 0)
        {
            return _window.Fail(at, "a `<` that starts no tag: the character itself is written `&lt;`");
        }

        ReadOnlySpan<byte> name = rest[..length];
        ref XmlFrame parent = ref _frames[_depth];
        if (_shape.Child(parent.Node, parent.Expected, name) is not { } node)
        {
            return _window.Fail(at + 1, $"`{XmlName.Show(name)}` is no name");
        }

        if (_depth == 0 && _hasRoot)
        {
            return _window.Fail(at, $"a second root element, `{XmlName.Show(name)}`");
        }

        if (_depth == Deepest)
        {
            return _window.Fail(at, $"more than {Deepest} elements in each other");
        }

        if (node.IsRecord && _skipDepth == 0)
        {
            _rows.Begin(at);
            _recordDepth = _depth + 1;
            _recordNamespaces = _namespaces.Count;
        }

        int next = at + 1 + length;
        bool simple = rest[length] == (byte)'>';
        next = simple ? _attributes.CheckPrefix(node, at + 1, next + 1) : _attributes.Scan(node, next, _depth + 1);
        if (next < 0)
        {
            return next;
        }

        if (next - at > LongestTag)
        {
            return TagTooLong(at);
        }

        if (!_rows.HasBegun)
        {
            Outline.Enter(node, _depth);
        }

        Follow(ref parent, node);
        _hasRoot = true;
        Push(node, next, !simple && _attributes.IsNil);
        return !simple && _attributes.IsEmpty ? Close(next, next) : next;
    }

    private static void Follow(ref XmlFrame parent, XmlNode node)
    {
        if (parent.Last is null)
        {
            parent.Node.First = node;
        }
        else
        {
            parent.Last.Next = node;
        }

        parent.Last = node;
        parent.Expected = node.Next;
        parent.HasChild = true;
    }

    private void Push(XmlNode node, int start, bool isNil)
    {
        if (++_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth] = new XmlFrame { Node = node, Expected = node.First, Start = start, IsNil = isNil };
    }

    /// <summary>Ends the innermost element.</summary>
    private int Close(int end, int next)
    {
        ref XmlFrame frame = ref _frames[_depth];
        if (_namespaces.Count > 0)
        {
            _namespaces.Leave(_depth);
        }

        _depth--;
        if (!_rows.IsOpen)
        {
            if (!_rows.HasBegun && !(frame.HasChild || frame.HasText || frame.HasReference))
            {
                Outline.Leave(frame.Node);
            }

            return next;
        }

        if (frame.Node.Column >= 0)
        {
            bool decode = frame.HasReference || frame.HasChild || (_window.HasReturns && HasReturn(frame.Start, end));
            _rows.SetElement(frame.Node.Column, frame.Start, frame.IsNil ? -1 : end - frame.Start, decode && !frame.IsNil);
        }
        else if (!frame.HasChild && !frame.Node.IsReported)
        {
            Report(frame.Node);
        }

        if (_depth < _recordDepth)
        {
            _rows.Finish(next);
        }

        return next;
    }

    private int TagTooLong(int at) => _window.Fail(at, $"a tag of more than {LongestTag} bytes");

    private bool HasReturn(int start, int end) => _window.Bytes.AsSpan(start, end - start).Contains((byte)'\r');

    private bool HasSectionEnd(int start, int end) => _window.Bytes.AsSpan(start, end - start).IndexOf("]]>"u8) >= 0;

    private void Report(XmlNode node)
    {
        node.IsReported = true;
        _shape.Report(node.Path);
    }
}
