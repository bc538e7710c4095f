using Assay.App.Pipelines;
using Assay.Data;

namespace Assay.App.Generate;

/// <summary>Reads the descriptions of values and columns, each after those it refers to.</summary>
internal sealed class ValueReader
{
    private static readonly string[] Kinds = ["template", "pick", "field", "choice", "integer", "decimal", "timestamp", "cases"];

    // Reading goes as deep as values refer to values that are not read yet.
    private const int MostOpen = 100;

    private readonly IReadOnlyDictionary<string, PickTable> _tables;
    private readonly IReadOnlyDictionary<string, YamlNode> _declared;
    private readonly Dictionary<string, BoundValue?> _bound = [];
    private readonly HashSet<string> _open = [];

    /// <summary>Takes what the file declares.</summary>
    /// <param name="source">Where problems go.</param>
    /// <param name="builder">Where steps go.</param>
    /// <param name="tables">The tables to pick from.</param>
    /// <param name="declared">The values and columns by name.</param>
    public ValueReader(
        YamlSource source,
        PlanBuilder builder,
        IReadOnlyDictionary<string, PickTable> tables,
        IReadOnlyDictionary<string, YamlNode> declared)
    {
        Source = source;
        Builder = builder;
        _tables = tables;
        _declared = declared;
    }

    /// <summary>Where problems go.</summary>
    public YamlSource Source { get; }

    /// <summary>Where steps go.</summary>
    public PlanBuilder Builder { get; }

    /// <summary>The earliest and latest of all timestamps, in seconds from the start.</summary>
    public (long Earliest, long Latest) TimeSpan { get; private set; }

    /// <summary>Widens <see cref="TimeSpan"/>.</summary>
    public void Include(long earliest, long latest) =>
        TimeSpan = (Math.Min(TimeSpan.Earliest, earliest), Math.Max(TimeSpan.Latest, latest));

    /// <summary>A value or column of the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">The place that refers to it.</param>
    /// <returns>The value, or null after a problem.</returns>
    public BoundValue? Named(string name, YamlNode from)
    {
        if (_bound.TryGetValue(name, out BoundValue? known))
        {
            return known;
        }

        if (!_declared.TryGetValue(name, out YamlNode? node))
        {
            Source.Unknown(from, "value or column", name, _declared.Keys);
            return null;
        }

        if (_open.Count == MostOpen)
        {
            Source.Add(from, $"`{name}` is reached through more than {MostOpen} values");
            return null;
        }

        if (!_open.Add(name))
        {
            Source.Add(from, $"`{name}` depends on itself");
            return null;
        }

        BoundValue? value = Declared(node, name);
        _open.Remove(name);
        _bound.Add(name, value);
        return value;
    }

    /// <summary>A field of a picked row, written <c>value.field</c>.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="from">The place that refers to it.</param>
    /// <returns>The pick and the field's texts per table row, or null after a problem.</returns>
    public (BoundValue Pick, string[][] Texts)? Field(string text, YamlNode from)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            Source.Add(from, $"expected the field of a picked row, such as `product.name`, found `{text}`");
            return null;
        }

        string name = text[..point];
        BoundValue? value = Named(name, from);
        if (value is null)
        {
            return null;
        }

        if (value.Table is not { } table)
        {
            Source.Add(from, $"`{name}` picks no table row, so it has no fields");
            return null;
        }

        if (!table.Fields.TryGetValue(text[(point + 1)..], out string[][]? texts))
        {
            Source.Unknown(from, $"field of table {table.Name}", text[(point + 1)..], table.Fields.Keys);
            return null;
        }

        return (value, texts);
    }

    /// <summary>Reads a description that stands within another or in an error kind.</summary>
    /// <param name="node">A text, or a mapping with one of the kinds.</param>
    /// <param name="scope">Whose it is.</param>
    /// <param name="what">What it describes, for messages.</param>
    /// <param name="alsoKnown">Further keys that may stand in the mapping.</param>
    /// <returns>The value, or null after a problem.</returns>
    public BoundValue? Read(YamlNode node, ValueScope scope, string what, params ReadOnlySpan<string> alsoKnown)
    {
        if (node is YamlScalar)
        {
            return Source.Text(node, what) is { } text ? new BoundValue { Writer = Builder.Constant(text) } : null;
        }

        string[] keys = [.. Source.Entries(node, what).Select(entry => entry.Key.Text)];
        string[] kinds = [.. keys.Intersect(Kinds)];
        if (kinds.Length == 0)
        {
            string? near = keys.Select(key => DidYouMean.Hint(key, Kinds)).FirstOrDefault(hint => hint is not null);
            Source.Add(node, $"{what} does not say how it is made", near ?? $"give one of {string.Join(", ", Kinds)}");
            return null;
        }

        if (kinds.Length > 1)
        {
            Source.Add(node, $"{what} can be made in one way only, not by {string.Join(" and ", kinds.Select(one => $"`{one}`"))}");
            return null;
        }

        string kind = kinds[0];
        string[] modifiers = kind switch
        {
            "integer" => ["times", "at_least", "at_most"],
            "decimal" => ["times", "at_least", "at_most", "scale"],
            "timestamp" => ["formats"],
            _ => [],
        };
        var map = new YamlMap(Source, node, what, [kind, .. modifiers, .. alsoKnown]);
        YamlNode body = map[kind]!;
        return kind switch
        {
            "template" => TemplateReader.Read(this, body, scope),
            "pick" => Pick(body, scope),
            "field" => WrittenField(body, scope),
            "choice" => ChoiceReader.Read(this, body, scope),
            "integer" or "decimal" => NumberReader.Read(this, map, kind, scope),
            "timestamp" => TimestampReader.Read(this, map, scope),
            _ => CasesReader.Read(this, body, scope),
        };
    }

    private BoundValue? Declared(YamlNode node, string name)
    {
        var scope = new ValueScope(name, -1);
        if (node is not YamlMapping mapping)
        {
            return Read(node, scope, $"`{name}`");
        }

        double blank = 0;
        foreach ((YamlScalar key, YamlNode body) in Source.Entries(mapping, name))
        {
            if (key.Text == "per")
            {
                scope = scope with { EntitySlot = Entity(body) };
            }
            else if (key.Text == "blank")
            {
                blank = Source.Share(body, "`blank`") ?? 0;
            }
        }

        BoundValue? value = Read(node, scope, $"`{name}`", "per", "blank");
        if (value is null || blank == 0)
        {
            return value;
        }

        if (value.Writer is null)
        {
            Source.Add(node, $"`{name}` picks a table row, which cannot be blank", "give `blank` to the columns that write its fields");
            return value;
        }

        int slot = Builder.Add(new ChanceStep { Slot = Builder.NewSlot(), Draws = Builder.NewStream(scope, "blank"), Chance = blank });
        return value with { Writer = new BranchWriter(slot, [value.Writer, Builder.Constant("")]) };
    }

    private int Entity(YamlNode node)
    {
        if (Source.Text(node, "`per`") is not { } name || Named(name, node) is not { } value)
        {
            return -1;
        }

        if (value.Table is not null)
        {
            return value.EntrySlot;
        }

        if (value.Number is SlotNumber { Scale: 0 } number)
        {
            return number.Slot;
        }

        Source.Add(node, $"`per` needs a whole number or a picked row, and `{name}` is neither");
        return -1;
    }

    private BoundValue? Pick(YamlNode body, ValueScope scope)
    {
        if (Source.Text(body, "`pick`") is not { } name)
        {
            return null;
        }

        if (!_tables.TryGetValue(name, out PickTable? table))
        {
            Source.Unknown(body, "table", name, _tables.Keys);
            return null;
        }

        return new BoundValue { Table = table, EntrySlot = Builder.AddWeighted(scope, "pick", table.Weights) };
    }

    private BoundValue? WrittenField(YamlNode body, ValueScope scope)
    {
        if (Source.Text(body, "`field`") is not { } reference || Field(reference, body) is not ({ } pick, { } texts))
        {
            return null;
        }

        var value = new BoundValue
        {
            EntrySlot = pick.EntrySlot,
            Entries = [.. texts.Select(variants => variants[0])],
            Number = NumberReader.TableNumber(pick, texts),
        };
        if (texts.All(variants => variants.Length == 1))
        {
            return value with { Writer = Builder.List(pick.EntrySlot, value.Entries) };
        }

        int[] begins = [0, .. texts.Select((_, row) => texts.Take(row + 1).Sum(variants => variants.Length))];
        int slot = Builder.Add(new VariantStep
        {
            Slot = Builder.NewSlot(),
            Draws = Builder.NewStream(scope, "variant"),
            PickSlot = pick.EntrySlot,
            Begins = begins,
        });
        return value with { Writer = Builder.List(slot, texts.SelectMany(variants => variants)) };
    }
}
