using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.App.Generate;
using Assay.App.Pipelines;
using YamlDotNet.Core;

namespace Assay.App.MockApi;

/// <summary>Reads what stands around the records of a page.</summary>
internal sealed partial class EnvelopeReader
{
    private static readonly Dictionary<string, EnvelopeValue> Values = new(StringComparer.Ordinal)
    {
        ["{records}"] = EnvelopeValue.Records,
        ["{page}"] = EnvelopeValue.Page,
        ["{size}"] = EnvelopeValue.Size,
        ["{pages}"] = EnvelopeValue.Pages,
        ["{total}"] = EnvelopeValue.Total,
        ["{offset}"] = EnvelopeValue.Offset,
        ["{count}"] = EnvelopeValue.Count,
        ["{next_page}"] = EnvelopeValue.NextPage,
        ["{next}"] = EnvelopeValue.Next,
    };

    private readonly List<(byte[] Text, EnvelopeValue? Value)> _parts = [];
    private readonly StringBuilder _text = new();
    private readonly YamlSource _source;

    private EnvelopeReader(YamlSource source) => _source = source;

    /// <summary>Reads it: any mapping, in which texts such as <c>{total}</c> stand for what is known of the page; or <c>none</c>.</summary>
    public static Envelope Read(YamlSource source, YamlNode node)
    {
        if (node is YamlScalar { Text: "none" })
        {
            return Envelope.None;
        }

        var reader = new EnvelopeReader(source);
        if (node is not YamlMapping)
        {
            source.Add(node, $"`envelope` must be a mapping, or none, not {node.Kind}");
            return Envelope.None;
        }

        reader.Write(node);
        reader.End(null);
        if (reader._parts.Count(part => part.Value == EnvelopeValue.Records) != 1)
        {
            source.Add(node, "`envelope` needs \"{records}\" exactly once", "write for example `data: \"{records}\"`");
        }

        return new Envelope(reader._parts);
    }

    private void Write(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                WriteAll('{', mapping.Entries, entry =>
                {
                    _text.Append(JsonSerializer.Serialize(entry.Key.Text)).Append(':');
                    Write(entry.Value);
                }, '}');
                break;
            case YamlSequence list:
                WriteAll('[', list.Items, Write, ']');
                break;
            case YamlScalar scalar:
                Write(scalar);
                break;
        }
    }

    private void Write(YamlScalar scalar)
    {
        if (Values.TryGetValue(scalar.Text, out EnvelopeValue value))
        {
            End(value);
        }
        else if (scalar.Text is ['{', .., '}'])
        {
            _source.Unknown(scalar, "value", scalar.Text, Values.Keys);
        }
        else
        {
            bool isText = scalar.Style != ScalarStyle.Plain || !Literal().IsMatch(scalar.Text);
            _text.Append(scalar.IsNull ? "null" : isText ? JsonSerializer.Serialize(scalar.Text) : scalar.Text);
        }
    }

    private void WriteAll<T>(char open, IReadOnlyList<T> items, Action<T> write, char close)
    {
        _text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                _text.Append(',');
            }

            write(items[i]);
        }

        _text.Append(close);
    }

    private void End(EnvelopeValue? value)
    {
        _parts.Add((Encoding.UTF8.GetBytes(_text.ToString()), value));
        _text.Clear();
    }

    [GeneratedRegex("^(true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
