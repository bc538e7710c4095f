using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Assay.App.Pipelines;

/// <summary>Reads YAML into nodes that know their places. It takes from strangers: nesting, aliases and size are limited.</summary>
internal sealed class YamlReader
{
    /// <summary>The most characters a file may have: a pipeline has a few thousand.</summary>
    public const int MostCharacters = 1 << 20;

    private const int MostNodes = 100_000;
    private const int MostLevels = 32;

    private readonly string _text;
    private readonly DefinitionLog _log;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private Place _last = new(1, 1);
    private long _nodes;

    private YamlReader(string text, DefinitionLog log)
    {
        _text = text;
        _log = log;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a file of one document.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="log">Where to say what is wrong.</param>
    /// <returns>The document's node, or null when the file is no YAML; then the log has the reason.</returns>
    public static YamlNode? Read(string text, DefinitionLog log)
    {
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (text.Length > MostCharacters)
        {
            log.Add(new Place(1, 1), "the file is too large for a pipeline", "the limit is 1 MiB");
            return null;
        }

        var reader = new YamlReader(text, log);
        try
        {
            return reader.Document();
        }
        catch (YamlException exception)
        {
            reader.Explain(exception);
        }
        catch (InvalidOperationException)
        {
            // The scanner throws it where a flow list or mapping meets text that cannot be in it.
            log.Add(reader._last, "this list or mapping is not closed", "add the missing `]` or `}`");
        }

        return null;
    }

    private YamlNode? Document()
    {
        Next();
        if (Next() is not DocumentStart)
        {
            _log.Add(new Place(1, 1), "the file is empty", "a pipeline begins with `pipeline: <name>`");
            return null;
        }

        YamlNode? node = Node(Next(), 0);
        if (node is not null && Next() is DocumentEnd && Next() is DocumentStart second)
        {
            _log.Add(PlaceOf(second.Start), "a pipeline file holds one document", "take out what follows `---`");
        }

        return node;
    }

    private YamlNode? Node(ParsingEvent found, int level)
    {
        Place place = PlaceOf(found.Start);
        if (level > MostLevels)
        {
            _log.Add(place, "nested too deeply");
            return null;
        }

        if (found is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            _log.Add(place, $"the tag `{tagged.Tag.Value}` means nothing here", "leave it out");
        }

        YamlNode? node = found switch
        {
            Scalar scalar => new YamlScalar(place, scalar.Value, scalar.Style, _text, (int)scalar.Start.Index),
            SequenceStart => Sequence(place, level),
            MappingStart => Mapping(place, level),
            AnchorAlias alias => Alias(alias, place),
            _ => throw new InvalidOperationException(),
        };
        if (node is null)
        {
            return null;
        }

        // What an alias stands for is counted as often as it is used.
        _nodes += found is AnchorAlias ? node.Size : 1;
        if (_nodes > MostNodes)
        {
            _log.Add(place, "the file holds too many values", "aliases count as often as they are used");
            return null;
        }

        if (found is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = node;
        }

        return node;
    }

    private YamlSequence? Sequence(Place place, int level)
    {
        var sequence = new YamlSequence(place);
        for (ParsingEvent item = Next(); item is not SequenceEnd; item = Next())
        {
            if (Node(item, level + 1) is not { } node)
            {
                return null;
            }

            sequence.Add(node);
        }

        return sequence;
    }

    private YamlMapping? Mapping(Place place, int level)
    {
        var mapping = new YamlMapping(place);
        for (ParsingEvent found = Next(); found is not MappingEnd; found = Next())
        {
            if (Node(found, level + 1) is not { } key || Node(Next(), level + 1) is not { } value)
            {
                return null;
            }

            if (key is not YamlScalar name)
            {
                _log.Add(key.Start, $"a key must be a text, not {key.Kind}");
            }
            else if (!mapping.TryAdd(name, value))
            {
                _log.Add(name.Start, $"key `{name.Text}` is there twice", FirstOf(mapping, name.Text));
            }
        }

        return mapping;
    }

    private YamlNode? Alias(AnchorAlias alias, Place place)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            return node;
        }

        _log.Add(place, $"unknown alias `*{alias.Value.Value}`", "quote a text that begins with `*`");
        return null;
    }

    private static string FirstOf(YamlMapping mapping, string key)
    {
        mapping.TryGet(key, out (YamlScalar Key, YamlNode Value) first);
        return $"the first is on line {first.Key.Start.Line}";
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext())
        {
            throw new InvalidOperationException();
        }

        _last = PlaceOf(_parser.Current!.Start);
        return _parser.Current;
    }

    private void Explain(YamlException exception)
    {
        // The scanner's position is that of the token before; the tab itself is what people look for.
        string[] lines = _text.Split('\n');
        for (int i = Math.Max(0, (int)exception.Start.Line - 1); i < Math.Min(lines.Length, (int)exception.End.Line + 1); i++)
        {
            int tab = lines[i].AsSpan(0, lines[i].Length - lines[i].AsSpan().TrimStart().Length).IndexOf('\t');
            if (tab >= 0)
            {
                _log.Add(new Place(i + 1, tab + 1), "a tab cannot indent YAML", "use spaces");
                return;
            }
        }

        (string message, string? hint) = exception.Message switch
        {
            var text when text.Contains("invalid mapping", StringComparison.Ordinal) =>
                ("this is no valid mapping", "quote a text with `: ` in it, and indent keys of one mapping alike"),
            var text when text.Contains("cannot start any token", StringComparison.Ordinal) =>
                ("a text cannot begin with this character", "quote the text"),
            var text when text.Contains("quoted scalar", StringComparison.Ordinal) && text.Contains("end of stream", StringComparison.Ordinal) =>
                ("this quote is never closed", (string?)null),
            var text => ("not valid YAML: " + text, null),
        };
        _log.Add(PlaceOf(exception.Start), message, hint);
    }

    private static Place PlaceOf(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
