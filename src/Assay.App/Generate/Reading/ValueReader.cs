using Assay.App.Pipelines;
using Assay.Data;

namespace Assay.App.Generate;

/// <summary>Reads the descriptions of values and columns, each after those it refers to.</summary>
internal sealed class ValueReader
{
    private static readonly string[] Kinds =
        ["template", "pick", "field", "choice", "integer", "decimal", "timestamp", "cases", "unique", "reference", "sum"];

    // Reading goes as deep as values refer to values that are not read yet.
    private const int MostOpen = 100;

    private readonly ReaderContext _context;
    private readonly Dictionary<string, BoundValue?> _bound = [];
    private readonly Dictionary<int, int> _repeated = [];
    private readonly HashSet<string> _open = [];

    /// <summary>Takes what the file declares.</summary>
    /// <param name="source">Where problems go.</param>
    /// <param name="context">Whose values are read.</param>
    public ValueReader(YamlSource source, ReaderContext context)
    {
        Source = source;
        _context = context;
    }

    /// <summary>Where problems go.</summary>
    public YamlSource Source { get; }

    /// <summary>Where steps go.</summary>
    public PlanBuilder Builder => _context.Builder;

    /// <summary>Whether the values are those of lines.</summary>
    public bool IsOfLines => _context.Parent is not null;

    /// <summary>The values of the lines of the row, when it has lines.</summary>
    public ValueReader? Lines { get; set; }

    /// <summary>The scope of something that is declared here.</summary>
    public ValueScope Scope(string name) => new(_context.Prefix + name, _context.EntitySlot);

    /// <summary>Whether a scope is that of each row or line, and not that of a value it is made once for.</summary>
    public bool IsOwn(ValueScope scope) => scope.EntitySlot == _context.EntitySlot;

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

        if (!_context.Declared.TryGetValue(name, out YamlNode? node))
        {
            if (_context.Parent is { } parent && parent._context.Declared.ContainsKey(name))
            {
                BoundValue? repeated = parent.Named(name, from) is { } value ? Repeat(value) : null;
                _bound.Add(name, repeated);
                return repeated;
            }

            Source.Unknown(from, "value or column", name, _context.Declared.Keys.Concat(_context.Parent?._context.Declared.Keys ?? []));
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

        BoundValue? bound = Declared(node, name);
        _open.Remove(name);
        _bound.Add(name, bound);
        return bound;
    }

    /// <summary>A value or column, or a field of a picked row or of one that is referred to.</summary>
    /// <param name="text">Its name, or <c>value.field</c>.</param>
    /// <param name="from">The place that refers to it.</param>
    /// <returns>The value, or null after a problem.</returns>
    public BoundValue? NamedOrField(string text, YamlNode from) =>
        text.Contains('.', StringComparison.Ordinal) ? Field(text, from) : Named(text, from);

    /// <summary>A field of a picked row, or a value of a row that is referred to, written <c>value.field</c>.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="from">The place that refers to it.</param>
    /// <returns>The value, of a list of texts the first; null after a problem.</returns>
    public BoundValue? Field(string text, YamlNode from)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            Source.Add(from, $"expected the field of a picked row, such as `product.name`, found `{text}`");
            return null;
        }

        (string name, string field) = (text[..point], text[(point + 1)..]);
        if (_context.Parent is { } parent && !_context.Declared.ContainsKey(name) && parent._context.Declared.ContainsKey(name))
        {
            return parent.Field(text, from) is { } ofRow ? Repeat(ofRow) : null;
        }

        BoundValue? value = Named(name, from);
        if (value is null)
        {
            return null;
        }

        if (value.Reference is { } reference)
        {
            return reference.NamedOrField(field, from);
        }

        if (value.Table is not { } table)
        {
            Source.Add(from, $"`{name}` picks no table row, so it has no fields");
            return null;
        }

        if (!table.Fields.TryGetValue(field, out string[][]? texts))
        {
            Source.Unknown(from, $"field of table {table.Name}", field, table.Fields.Keys);
            return null;
        }

        string[] entries = [.. texts.Select(variants => variants[0])];
        return new BoundValue
        {
            EntrySlot = value.EntrySlot,
            Entries = entries,
            Number = NumberReader.TableNumber(value, texts),
            Writer = Builder.List(value.EntrySlot, entries),
            Texts = texts,
        };
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
            "pick" => ["in_turn", "distinct"],
            "reference" => ["weights", "each"],
            _ => [],
        };
        var map = new YamlMap(Source, node, what, [kind, .. modifiers, .. alsoKnown]);
        YamlNode body = map[kind]!;
        return kind switch
        {
            "template" => TemplateReader.Read(this, body, scope),
            "pick" => PickReader.Read(this, _context.Tables, map, scope),
            "field" => WrittenField(body, scope),
            "choice" => ChoiceReader.Read(this, body, scope),
            "integer" or "decimal" => NumberReader.Read(this, map, kind, scope),
            "timestamp" => TimestampReader.Read(this, map, scope),
            "unique" => UniqueReader.Read(this, body, scope),
            "reference" => ReferenceReader.Read(this, _context, map, scope),
            "sum" => Sum(body),
            _ => CasesReader.Read(this, body, scope),
        };
    }

    private BoundValue? Declared(YamlNode node, string name)
    {
        ValueScope scope = Scope(name);
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
            Source.Add(
                node,
                $"`{name}` {(value.Table is null ? "refers to a row" : "picks a table row")}, which cannot be blank",
                "give `blank` to the columns that write its fields");
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

        if (value.Table is not null || value.Reference is not null)
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

    private BoundValue? WrittenField(YamlNode body, ValueScope scope)
    {
        if (Source.Text(body, "`field`") is not { } reference || Field(reference, body) is not { } value)
        {
            return null;
        }

        if (value.Writer is null)
        {
            Source.Add(body, $"`{reference}` is a whole row; name one of its fields");
            return null;
        }

        if (value.Texts is not { } texts || texts.All(variants => variants.Length == 1))
        {
            return value;
        }

        int[] begins = [0, .. texts.Select((_, row) => texts.Take(row + 1).Sum(variants => variants.Length))];
        int slot = Builder.Add(new VariantStep
        {
            Slot = Builder.NewSlot(),
            Draws = Builder.NewStream(scope, "variant"),
            PickSlot = value.EntrySlot,
            Begins = begins,
        });
        return value with { Writer = Builder.List(slot, texts.SelectMany(variants => variants)) };
    }

    private BoundValue? Sum(YamlNode body)
    {
        if (Source.Text(body, "`sum`") is not { } name)
        {
            return null;
        }

        if (Lines is null)
        {
            Source.Add(body, "`sum` adds up a number of the lines of a row, and there are none here");
            return null;
        }

        if (Lines.NamedOrField(name, body) is not { } value)
        {
            return null;
        }

        if (value.Number is not { } number)
        {
            Source.Add(body, $"`{name}` is not a number");
            return null;
        }

        Int128 least = Int128.Min(number.Min, number.Min * Lines.Builder.MostLines);
        Int128 most = Int128.Max(number.Max, number.Max * Lines.Builder.MostLines);
        if (!NumberReader.Fits(least, number.Scale, number.Scale) || !NumberReader.Fits(most, number.Scale, number.Scale))
        {
            Source.Add(body, "the sum can be too large to be exact (18 digits in all)");
            return null;
        }

        int slot = Builder.Add(new SumStep { Slot = Builder.NewSlot(), OfLine = number });
        return new BoundValue
        {
            Number = new SlotNumber(slot, number.Scale, least, most),
            Writer = new NumberWriter(slot, number.Scale, number.Scale),
        };
    }

    /// <summary>A value of the row, as each of its lines sees it.</summary>
    private BoundValue Repeat(BoundValue value) => value with
    {
        Writer = value.Writer is null ? null : new ParentWriter(value.Writer),
        Number = value.Number switch
        {
            SlotNumber number => new SlotNumber(RepeatedSlot(number.Slot), number.Scale, number.Min, number.Max),
            TableNumber number => new TableNumber(RepeatedSlot(number.PickSlot), number.Units, number.Scale),
            null => null,
            { } number => new ParentNumber(number),
        },
        TimestampSlot = value.TimestampSlot < 0 ? -1 : RepeatedSlot(value.TimestampSlot),
        EntrySlot = value.EntrySlot < 0 ? -1 : RepeatedSlot(value.EntrySlot),
    };

    private int RepeatedSlot(int rowSlot)
    {
        if (!_repeated.TryGetValue(rowSlot, out int slot))
        {
            slot = Builder.Add(new RepeatStep { Slot = Builder.NewSlot(), RowSlot = rowSlot });
            _repeated.Add(rowSlot, slot);
        }

        return slot;
    }
}
