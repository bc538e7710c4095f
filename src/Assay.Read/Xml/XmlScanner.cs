using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>
/// The tokenizer: goes through a document window by window, checks that it is well formed, and writes down records.
/// </summary>
/// <remarks>
/// Outside of records it can stop and go on at any tag, and within any text. A record is gone through at one go, so
/// that its fields lie in one buffer: when it is not all there, the scan steps back to its start. Records resemble each
/// other, so what came next last time is compared first; what compares equal needs no further look.
/// </remarks>
internal sealed partial class XmlScanner
{
    /// <summary>How deep elements can be in each other: far above any, and what bounds the memory for open ones.</summary>
    private const int Deepest = 1000;

    /// <summary>The longest tag. A tag must be held as a whole, even outside of records.</summary>
    private const int LongestTag = 1 << 20;

    private readonly XmlWindow _window;
    private readonly XmlShape _shape;
    private readonly XmlRows _rows;
    private readonly XmlNamespaces _namespaces = new();
    private readonly XmlAttributes _attributes;

    // The open elements, from the document at 0.
    private XmlFrame[] _frames = new XmlFrame[16];
    private int _depth;
    private XmlMarkupKind _inside;
    private bool _hasRoot;
    private int _recordDepth;
    private int _recordNamespaces;
    private int _skipDepth;
    private bool _hadRoot;
    private XmlNode? _innermost;

    /// <summary>Makes a scanner.</summary>
    /// <param name="window">What it looks at.</param>
    /// <param name="shape">The elements known.</param>
    /// <param name="rows">Where records go.</param>
    public XmlScanner(XmlWindow window, XmlShape shape, XmlRows rows)
    {
        _window = window;
        _shape = shape;
        _rows = rows;
        _attributes = new XmlAttributes(window, shape, _namespaces, rows);
        Reset();
    }

    /// <summary>Up to where the window is done with.</summary>
    public int Cut { get; private set; }

    /// <summary>Whether the window starts where the document does.</summary>
    public bool IsAtStart { get; set; }

    /// <summary>Whether the document ends where the window is cut, or may.</summary>
    public bool IsComplete => _hasRoot && _depth == 0 && _inside == XmlMarkupKind.None;

    /// <summary>Whether the root element was met.</summary>
    public bool HasRoot => _hasRoot;

    /// <summary>The elements of a document before its first record.</summary>
    public XmlOutline Outline { get; } = new();

    /// <summary>Whether the last scan that needed more stepped back out of a record.</summary>
    public bool WasInRecord { get; private set; }

    /// <summary>What the last scan that needed more was in, in words.</summary>
    public string Unfinished => !_hadRoot ? "there is no root element"
        : _innermost is { } node ? $"the file ends inside `{XmlName.Show(node.Name)}`"
        : "the file ends inside a comment or an instruction";

    /// <summary>Starts with a document.</summary>
    public void Reset()
    {
        _depth = 0;
        _frames[0] = new XmlFrame { Node = _shape.Root };
        _inside = XmlMarkupKind.None;
        _hasRoot = false;
        _skipDepth = 0;
        _namespaces.Truncate(0);
        _rows.Reset();
        Outline.Reset();
        IsAtStart = true;
    }

    /// <summary>Takes the record that the window starts with for too long to be held: the next scans go past it.</summary>
    public void Skip() => _skipDepth = _depth + 1;

    /// <summary>Scans the window.</summary>
    /// <returns>How far it came.</returns>
    public XmlOutcome Scan()
    {
        int at = 0;
        while (true)
        {
            int next = Step(at);
            if (next >= 0 && _rows.IsOpen)
            {
                next = ScanRecord(next);
            }

            if (next < 0)
            {
                Stop(next);
                return next == XmlWindow.More ? XmlOutcome.More : XmlOutcome.Bad;
            }

            at = next;
            if (_skipDepth > 0 && _depth < _skipDepth)
            {
                _skipDepth = 0;
                Cut = at;
                return XmlOutcome.Skipped;
            }
        }
    }

    private void Stop(int reason)
    {
        _hadRoot = _hasRoot;
        _innermost = _depth > 0 ? _frames[_depth].Node : null;
        Cut = _window.Resume;
        WasInRecord = _rows.IsOpen;
        if (_rows.IsOpen)
        {
            Cut = _rows.Start;
            if (reason == XmlWindow.More)
            {
                _rows.Abandon();
                _namespaces.Truncate(_recordNamespaces);
                _depth = _recordDepth - 1;
                _hasRoot = _depth > 0;
                _inside = XmlMarkupKind.None;
            }
        }
    }

    /// <summary>A record's content, from the end of its start tag.</summary>
    private int ScanRecord(int at)
    {
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(_window.Bytes);
        bool brackets = _window.HasBrackets;
        bool returns = _window.HasReturns;
        while (true)
        {
            int found = XmlWindow.Markup(ref bytes, at);
            ref XmlFrame frame = ref _frames[_depth];
            if (brackets && HasSectionEnd(at, found))
            {
                at = StepPastText(at);
            }
            else if (Unsafe.Add(ref bytes, found + 1) == (byte)'/' && XmlWindow.Matches(ref bytes, found, frame.Node.Close))
            {
                at = Close(found, found + frame.Node.Close.Length);
            }
            else if (frame.Expected is { } child && XmlWindow.Matches(ref bytes, found, child.Open)
                && _depth < Deepest && _namespaces.Knows(child))
            {
                int start = found + child.Open.Length;
                int end = XmlWindow.Markup(ref bytes, start);
                frame.Last = child;
                frame.Expected = child.Next;
                frame.HasChild = true;
                if (!XmlWindow.Matches(ref bytes, end, child.Close) || (brackets && HasSectionEnd(start, end)))
                {
                    Push(child, start, false);
                    at = start;
                    continue;
                }

                if (child.Column >= 0)
                {
                    _rows.SetElement(child.Column, start, end - start, returns && HasReturn(start, end));
                }
                else if (!child.IsReported)
                {
                    Report(child);
                }

                at = end + child.Close.Length;
                continue;
            }
            else
            {
                at = StepPastText(at);
            }

            if (at < 0 || !_rows.IsOpen)
            {
                return at;
            }
        }
    }

    private int StepPastText(int at)
    {
        do
        {
            at = Step(at);
        }
        while (at >= 0 && _inside != XmlMarkupKind.None);
        return at;
    }

    /// <summary>Text and the markup after it, or the rest of a comment and the like.</summary>
    private int Step(int at)
    {
        if (_inside != XmlMarkupKind.None)
        {
            int end = XmlMarkup.ScanText(_window, _inside, at);
            _inside = end >= 0 ? XmlMarkupKind.None : _inside;
            return end;
        }

        byte[] bytes = _window.Bytes;
        int found = XmlWindow.Markup(ref MemoryMarshal.GetArrayDataReference(bytes), at);
        if (found > at && CheckText(at, found) < 0)
        {
            return XmlWindow.Bad;
        }

        if (found == _window.Filled)
        {
            return _window.WaitIn(at, (byte)']');
        }

        int next = bytes[found] == (byte)'&' ? ScanReference(found)
            : bytes[found + 1] switch
            {
                (byte)'/' => ScanEndTag(found),
                (byte)'!' => ScanBang(found),
                (byte)'?' => ScanInstruction(found),
                _ => ScanStartTag(found),
            };
        return next != XmlWindow.More ? next : _window.Filled - found > LongestTag ? TagTooLong(found) : _window.Wait(found);
    }

    private int CheckText(int at, int end)
    {
        ReadOnlySpan<byte> text = _window.Bytes.AsSpan(at, end - at);
        if (_depth == 0)
        {
            int strange = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (strange >= 0)
            {
                return _window.Fail(at + strange, "text outside of the root element");
            }
        }

        if (!_rows.HasBegun && text.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            _frames[_depth].HasText = true;
        }

        if (_window.HasBrackets)
        {
            int strange = text.IndexOf("]]>"u8);
            if (strange >= 0)
            {
                return _window.Fail(at + strange, "a `]]>` that ends no CDATA section: write `]]&gt;`");
            }
        }

        return at;
    }

    private int ScanReference(int at)
    {
        if (_depth == 0)
        {
            return _window.Fail(at, "text outside of the root element");
        }

        _frames[_depth].HasReference = true;
        return XmlReferences.Scan(_window, at);
    }

    private int ScanBang(int at)
    {
        int next = XmlMarkup.ScanBang(_window, at, out XmlMarkupKind kind);
        if (next < 0)
        {
            return next;
        }

        if (_depth == 0 && kind == XmlMarkupKind.CharacterData)
        {
            return _window.Fail(at, "text outside of the root element");
        }

        _frames[_depth].HasReference = true;
        _inside = kind;
        return next;
    }

    private int ScanInstruction(int at)
    {
        int next = XmlMarkup.ScanInstruction(_window, at, IsAtStart && at == 0, out XmlMarkupKind kind);
        if (next >= 0)
        {
            _frames[_depth].HasReference = true;
            _inside = kind;
        }

        return next;
    }
}
