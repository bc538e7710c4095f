using System.Globalization;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>A mapping with known keys: reads their values and says what is wrong with them.</summary>
internal sealed class Section
{
    private readonly DefinitionContext _context;
    private readonly YamlMapping _node;

    /// <summary>Makes a section; keys that are not known are said to be wrong.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="place">Where people look for it: at its name.</param>
    /// <param name="keys">The keys that it may have.</param>
    public Section(DefinitionContext context, YamlMapping node, Place place, IReadOnlyList<string> keys)
    {
        _context = context;
        _node = node;
        Place = place;
        foreach ((YamlScalar key, _) in node.Entries)
        {
            if (!keys.Contains(key.Text))
            {
                context.Log.Add(key.Start, $"unknown key `{key.Text}`", DidYouMean.Hint(key.Text, keys) ?? $"the keys are {string.Join(", ", keys)}");
            }
        }
    }

    /// <summary>Where people look for it.</summary>
    public Place Place { get; }

    /// <summary>Where to say what is wrong.</summary>
    public DefinitionLog Log => _context.Log;

    /// <summary>Reads a section.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">What should be a mapping.</param>
    /// <param name="keys">The keys that it may have.</param>
    /// <returns>The section, or null when it is no mapping.</returns>
    public static Section? Of(DefinitionContext context, YamlScalar name, YamlNode value, IReadOnlyList<string> keys)
    {
        if (value is YamlMapping mapping)
        {
            return new Section(context, mapping, name.Start, keys);
        }

        WrongKind(context.Log, name.Text, value, "a mapping", $"its keys are {string.Join(", ", keys)}");
        return null;
    }

    /// <summary>The kind of thing that a mapping says it is, before it is known which keys it may have.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="value">The mapping, or anything else.</param>
    /// <param name="key">The key that says so.</param>
    /// <returns>The kind, or null when it does not say.</returns>
    public static string? KindOf(DefinitionContext context, YamlNode value, string key) =>
        value is YamlMapping mapping && mapping.TryGet(key, out (YamlScalar Key, YamlNode Value) entry) && entry.Value is YamlScalar scalar
            ? context.Variables.Expand(scalar)?.Value
            : null;

    /// <summary>Says that a value is of the wrong kind.</summary>
    /// <param name="log">Where to say it.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="wanted">The kind it should be of.</param>
    /// <param name="hint">What to write, or null.</param>
    public static void WrongKind(DefinitionLog log, string name, YamlNode value, string wanted, string? hint = null) =>
        log.Add(value.Start, $"`{name}` must be {wanted}, not {value.Kind}", hint);

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or null when it has none.</returns>
    public YamlNode? Node(string key) =>
        _node.TryGet(key, out (YamlScalar Key, YamlNode Value) entry) && entry.Value is not YamlScalar { IsNull: true } ? entry.Value : null;

    /// <summary>Whether a key is there with YAML's null as its value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>True when it is.</returns>
    public bool IsNull(string key) => _node.TryGet(key, out (YamlScalar Key, YamlNode Value) entry) && entry.Value is YamlScalar { IsNull: true };

    /// <summary>Says that a key is missing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hint">What it is for.</param>
    public void Missing(string key, string hint) => Log.Add(Place, $"`{key}` is missing", hint);

    /// <summary>A text.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The text, or null when there is none or it is wrong; then the log says so.</returns>
    public ExpandedText? Text(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return _context.Variables.Expand(scalar);
            case var other:
                WrongKind(Log, key, other, "a text");
                return null;
        }
    }

    /// <summary>A text that must be there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">What it is for.</param>
    /// <returns>The text, or null when there is none; the log says so.</returns>
    public ExpandedText? RequiredText(string key, string hint)
    {
        if (Node(key) is not null)
        {
            return Text(key);
        }

        Missing(key, hint);
        return null;
    }

    /// <summary>One of a few words.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="choices">The words.</param>
    /// <returns>The word, or null when there is none or it is another.</returns>
    public string? Choice(string key, IReadOnlyList<string> choices)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (choices.Contains(text.Value))
        {
            return text.Value;
        }

        Log.Add(text.Start, $"`{key}` cannot be `{text.Value}`", DidYouMean.Hint(text.Value, choices) ?? $"it is one of {string.Join(", ", choices)}");
        return null;
    }

    /// <summary>Yes or no.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>False when there is none.</returns>
    public bool Flag(string key)
    {
        ExpandedText? text = Text(key);
        if (text is not null && text.Value is not ("true" or "false"))
        {
            Log.Add(text.Start, $"`{key}` cannot be `{text.Value}`", "it is `true` or `false`");
        }

        return text?.Value == "true";
    }

    /// <summary>A whole number.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="least">The least it may be.</param>
    /// <param name="most">The most it may be.</param>
    /// <returns>The number, or null when there is none or it is out of range.</returns>
    public long? Number(string key, long least, long most)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most)
        {
            return number;
        }

        Log.Add(text.Start, string.Create(CultureInfo.InvariantCulture, $"`{key}` must be a whole number from {least} to {most}, not `{text.Value}`"));
        return null;
    }

    /// <summary>A list, or nothing.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">How to write it.</param>
    /// <returns>The items; none when there is no list.</returns>
    public IReadOnlyList<YamlNode> Items(string key, string hint)
    {
        YamlNode? node = Node(key);
        if (node is not (null or YamlSequence))
        {
            WrongKind(Log, key, node, "a list", hint);
        }

        return (node as YamlSequence)?.Items ?? [];
    }

    /// <summary>A list of texts.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">How to write it.</param>
    /// <returns>The texts; none when there is no list.</returns>
    public IReadOnlyList<ExpandedText> Texts(string key, string hint)
    {
        var texts = new List<ExpandedText>();
        foreach (YamlNode item in Items(key, hint))
        {
            if (item is YamlScalar { IsNull: false } scalar)
            {
                if (_context.Variables.Expand(scalar) is { } text)
                {
                    texts.Add(text);
                }
            }
            else
            {
                Log.Add(item.Start, $"`{key}` is a list of texts, and this is {item.Kind}");
            }
        }

        return texts;
    }

    /// <summary>A mapping of names to things, or nothing.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hint">How to write it.</param>
    /// <returns>Its entries; none when there is no mapping.</returns>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(string key, string hint)
    {
        YamlNode? node = Node(key);
        if (node is not (null or YamlMapping))
        {
            WrongKind(Log, key, node, "a mapping", hint);
        }

        return (node as YamlMapping)?.Entries ?? [];
    }

    /// <summary>A section in this one, or nothing.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="keys">The keys that it may have.</param>
    /// <returns>The section, or null when there is none.</returns>
    public Section? Child(string key, IReadOnlyList<string> keys)
    {
        if (!_node.TryGet(key, out (YamlScalar Key, YamlNode Value) entry) || entry.Value is YamlScalar { IsNull: true })
        {
            return null;
        }

        return Of(_context, entry.Key, entry.Value, keys);
    }

    /// <summary>An expression.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The expression, or null when there is none or it cannot be read.</returns>
    public ParsedExpression? Expression(string key) => Text(key) is { } text ? ExpressionReading.Parse(Log, text) : null;
}
