using System.Text;
using System.Xml;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>What the framework's reader says of a document, slowly: its records, and the line of its fault.</summary>
internal sealed class ReferenceXml
{
    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    private readonly string _text;
    private readonly string[] _columns;
    private readonly List<int> _lines;
    private readonly List<Element> _open = [];
    private readonly List<(string Column, string? Value, bool Yields)> _values = [];
    private int _start;

    /// <summary>Reads a document.</summary>
    /// <param name="text">The document, UTF-8 when it is bytes.</param>
    /// <param name="columns">The columns that are needed.</param>
    public ReferenceXml(string text, string[] columns)
    {
        _text = text;
        _columns = columns;
        _lines = [text.StartsWith('\uFEFF') ? 1 : 0];
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
            {
                _lines.Add(at + 1);
            }
        }

        using var reader = XmlReader.Create(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        try
        {
            while (reader.Read())
            {
                Take(reader);
            }
        }
        catch (XmlException error)
        {
            Fault = error;
        }
    }

    /// <summary>The records that ended before the fault.</summary>
    public List<CsvRecord> Records { get; } = [];

    /// <summary>The fault, null for a document that is well formed.</summary>
    public XmlException? Fault { get; }

    /// <summary>The line of a fault as this project counts lines. An early end is a fault where the text ends; the
    /// framework says where the tag begins that is cut off.</summary>
    public long FaultLine => Fault!.LineNumber == 0 || Fault.Message.Contains("end of file", StringComparison.Ordinal)
        ? 1 + _text.Count(each => each == '\n')
        : 1 + _text.AsSpan(0, Place(Fault.LineNumber, Fault.LinePosition)).Count('\n');

    private void Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when _open.Count > 0 || reader.LocalName == "order":
                Open(reader);
                break;
            case XmlNodeType.EndElement when _open.Count > 0:
                Close(_text.IndexOf('>', Place(reader)) + 1);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _open.Count > 0:
                _open[^1].Text.Append(reader.Value);
                break;
            default:
                break;
        }
    }

    private void Open(XmlReader reader)
    {
        bool isEmpty = reader.IsEmptyElement;
        int start = Place(reader) - 1;
        string path = "";
        if (_open.Count == 0)
        {
            _start = start;
            _values.Clear();
        }
        else
        {
            path = (_open[^1].Path.Length == 0 ? "" : _open[^1].Path + ".") + reader.LocalName;
        }

        var element = new Element(path);
        string dot = path.Length == 0 ? "" : path + ".";
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Declarations)
            {
                continue;
            }

            if (reader.LocalName == "nil" && reader.Prefix.Length > 0)
            {
                element.IsNil |= reader.Value is "true" or "1";
                continue;
            }

            _values.Add(($"{dot}@{reader.LocalName}", reader.Value, false));
            _values.Add(($"{dot}{reader.LocalName}", reader.Value, true));
        }

        _open.Add(element);
        if (isEmpty)
        {
            Close(EndOfTag(start));
        }
    }

    private void Close(int end)
    {
        Element element = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _values.Add((element.Path.Length == 0 ? "." : element.Path, element.IsNil ? null : element.Text.ToString(), false));
        if (_open.Count > 0)
        {
            return;
        }

        string?[] fields = new string?[_columns.Length];
        var fault = FaultCode.None;
        for (int i = 0; i < fields.Length; i++)
        {
            (string Column, string? Value, bool Yields)[] strong = [.. _values.Where(value => value.Column == _columns[i] && !value.Yields)];
            (string Column, string? Value, bool Yields)[] weak = [.. _values.Where(value => value.Column == _columns[i] && value.Yields)];
            fault = strong.Length > 1 || weak.Length > 1 ? FaultCode.RepeatedField : fault;
            fields[i] = strong.Concat(weak).FirstOrDefault().Value;
        }

        Records.Add(new CsvRecord(
            0, Records.Count + 1, Encoding.UTF8.GetByteCount(_text.AsSpan(0, _start)), _text[_start..end], fault, fields));
    }

    private int EndOfTag(int at)
    {
        char quote = '\0';
        for (; quote != '\0' || _text[at] != '>'; at++)
        {
            if (quote == _text[at])
            {
                quote = '\0';
            }
            else if (quote == '\0' && _text[at] is ('"' or '\''))
            {
                quote = _text[at];
            }
        }

        return at + 1;
    }

    private int Place(XmlReader reader) => Place(((IXmlLineInfo)reader).LineNumber, ((IXmlLineInfo)reader).LinePosition);

    private int Place(int line, int column) => Math.Min(_text.Length, _lines[Math.Min(line, _lines.Count) - 1] + Math.Max(column - 1, 0));

    private sealed class Element(string path)
    {
        public string Path { get; } = path;

        public StringBuilder Text { get; } = new();

        public bool IsNil { get; set; }
    }
}
