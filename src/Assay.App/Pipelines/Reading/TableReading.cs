using Assay.Data;
using Assay.Refine;
using Assay.Refine.Dedup;

namespace Assay.App.Pipelines;

/// <summary>Reads one table, and that of its lines.</summary>
internal sealed class TableReading
{
    /// <summary>The name that a column has in its own check.</summary>
    private const string Value = "value";
    private const string KeyHint = "for example `key: [order_id]`";

    private readonly DefinitionContext _context;
    private readonly Section _section;
    private readonly List<Column> _columns = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly List<(ColumnDefinition Column, ParsedExpression Check)> _checks = [];
    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);

    private TableReading(DefinitionContext context, Section section)
    {
        _context = context;
        _section = section;
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a table and that of its lines, and adds what can be said of them to the context.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The table, and that of its lines when it has one; when something is wrong, they may lack parts.</returns>
    public static TableDefinition[]? Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        CheckName(context, name.Text, name.Start);
        if (Section.Of(context, name, value, PipelineKeys.Table) is { } section)
        {
            return new TableReading(context, section).Read(name.Text);
        }

        context.Tables[name.Text] = new TableScope(new Schema([]), new HashSet<string>(), IsKnown: false);
        return null;
    }

    private static void CheckName(DefinitionContext context, string name, Place place)
    {
        if (!Names.IsFile(name))
        {
            context.Log.Add(place, $"`{name}` cannot name a table", "use a-z, 0-9, `_` and `-`");
        }
    }

    private TableDefinition[] Read(string name)
    {
        ExpandedText? from = _section.RequiredText("from", "it names the source that the rows come from");
        if (from is not null && !_context.SourceNames.Contains(from.Value))
        {
            _context.Unknown("source", from, _context.SourceNames);
        }

        List<ColumnDefinition> all = Columns(_section);
        Section? lines = _section.Child("lines", PipelineKeys.Lines);
        HashSet<string> ofLines = lines is null ? [] : OfLines(lines, all);
        List<ColumnDefinition> columns = [.. all.Where(column => !ofLines.Contains(column.Name))];
        Keep(columns);
        BindChecks(columns);
        List<DerivedColumn> derived = Derived(_section, columns);
        TableScope scope = Scope(columns);
        _context.Related.Add((name, _section));
        ParsedExpression? where = _section.Expression("where");
        if (where is not null)
        {
            ExpressionReading.BindCondition(Log, where, scope);
        }

        ExpandedText? newest = Silver(_section, "newest") ? _section.Text("newest") : null;
        if (newest is not null && CheckColumn(newest) && _columns.Find(column => column.Name == newest.Value) is { } teller
            && KeyRules.CheckNewest(teller) is { } wrong)
        {
            Log.Add(newest.Start, wrong.Message, wrong.Hint);
        }

        var table = new TableDefinition
        {
            Name = name,
            From = from?.Value ?? "",
            Key = Key(_section, columns),
            Newest = newest?.Value,
            MustAgree = lines is not null,
            PartitionBy = Partition(_section),
            SchemaContract = ContractReading.Read(_context, _section, name),
            Columns = columns,
            Derive = derived,
            Where = where?.Root,
        };
        Publish(name, scope, table.Key);
        return lines is null ? [table] : [table, Lines(lines, table, all, ofLines)];
    }

    /// <summary>What others may say of the table.</summary>
    private void Publish(string name, TableScope scope, IReadOnlyList<string> key)
    {
        if (!_context.Tables.TryAdd(name, scope with { Key = key }))
        {
            Log.Add(_section.Place, $"there are two tables named `{name}`");
        }
    }

    /// <summary>The names of the columns that belong to the lines alone.</summary>
    private HashSet<string> OfLines(Section lines, List<ColumnDefinition> all)
    {
        const string Hint = "for example `columns: [sku_id, sku_count]`";
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExpandedText column in lines.Texts("columns", Hint))
        {
            if (all.Any(other => other.Name == column.Value) || _broken.Contains(column.Value))
            {
                names.Add(column.Value);
            }
            else
            {
                _context.Unknown("column", column, [.. all.Select(other => other.Name)]);
            }
        }

        if (lines.Node("columns") is null)
        {
            lines.Missing("columns", $"they are what the lines of a record have of their own, {Hint}");
        }

        return names;
    }

    /// <summary>Reads the table of lines: the key of its parent, the columns it has of its own, and those it repeats.</summary>
    private TableDefinition Lines(Section lines, TableDefinition parent, List<ColumnDefinition> all, HashSet<string> ofLines)
    {
        ExpandedText? name = Silver(lines, "table") ? lines.RequiredText("table", "it names the table of the lines") : lines.Text("table");
        if (name is not null)
        {
            CheckName(_context, name.Value, name.Start);
        }

        var repeated = new HashSet<string>(parent.Key, StringComparer.Ordinal);
        repeated.UnionWith(lines.Texts("key", KeyHint).Select(column => column.Value));
        foreach (ExpandedText column in lines.Texts("with", "for example `with: [order_date]`"))
        {
            CheckColumn(column);
            repeated.Add(column.Value);
        }

        // What is wrong with a repeated column is told of the parent's row, which takes its lines along.
        List<ColumnDefinition> columns =
        [
            .. all.Where(column => repeated.Contains(column.Name) && !ofLines.Contains(column.Name)).Select(column => column with { Check = null, CheckText = null }),
            .. all.Where(column => ofLines.Contains(column.Name)),
        ];
        Keep(columns);
        BindChecks(columns);
        List<DerivedColumn> derived = Derived(lines, columns);
        var table = new TableDefinition
        {
            Name = name?.Value ?? "",
            From = parent.From,
            Parent = parent.Name,
            Key = Key(lines, columns),
            MustAgree = true,
            PartitionBy = Partition(lines),
            SchemaContract = parent.SchemaContract,
            Columns = columns,
            Derive = derived,
        };
        if (parent.Key.Count == 0 && _section.Node("key") is null)
        {
            Log.Add(lines.Place, "a table with `lines` needs a `key`", "it tells which lines belong together, for example `key: [order_id]`");
        }

        if (parent.Where is not null)
        {
            Log.Add(lines.Place, "a table with `lines` cannot have `where`", "its lines would be kept without it; leave rows out in the KPIs");
        }

        Publish(table.Name, Scope(columns), table.Key);
        return table;
    }

    /// <summary>Reads the columns that tell rows apart; they must be there, so they must be required.</summary>
    private IReadOnlyList<string> Key(Section section, List<ColumnDefinition> columns)
    {
        if (!Silver(section, "key"))
        {
            return [];
        }

        var key = new List<string>();
        foreach (ExpandedText name in section.Texts("key", KeyHint))
        {
            if (!CheckColumn(name))
            {
                continue;
            }

            if (columns.FirstOrDefault(column => column.Name == name.Value) is { Required: false })
            {
                Log.Add(name.Start, $"`{name.Value}` is part of the key, so it must be there", $"write `required: true` at column `{name.Value}`");
            }

            if (key.Contains(name.Value))
            {
                Log.Add(name.Start, $"`{name.Value}` is there twice");
            }
            else
            {
                key.Add(name.Value);
            }
        }

        if (section.Node("key") is YamlSequence { Items.Count: 0 } empty)
        {
            Log.Add(empty.Start, "`key` is empty", KeyHint);
        }

        return key;
    }

    private PartitionDefinition? Partition(Section section)
    {
        if (!Silver(section, "partition_by") || section.Child("partition_by", PipelineKeys.Partition) is not { } partition)
        {
            return null;
        }

        ExpandedText? column = partition.RequiredText("column", "it is a date or timestamp");
        string grain = partition.Choice("grain", PipelineKeys.Grains) ?? PipelineKeys.Grains[0];
        if (column is null)
        {
            return null;
        }

        CheckColumn(column);
        if (_columns.FirstOrDefault(other => other.Name == column.Value) is { Type.Kind: not (ColumnKind.Date or ColumnKind.Timestamp) } other)
        {
            Log.Add(column.Start, $"rows are shared out by a date or timestamp, and `{other.Name}` is {other.Type}");
        }

        return new PartitionDefinition(column.Value, grain == PipelineKeys.Grains[0] ? PartitionGrain.Month : PartitionGrain.Day);
    }

    /// <summary>Whether a key that only makes sense where clean rows are kept may be read.</summary>
    private bool Silver(Section section, string key)
    {
        if (section.Node(key) is not { } node)
        {
            return false;
        }

        if (!_context.KeepsSilver)
        {
            Log.Add(node.Start, $"`{key}` needs the silver layer", "write `layers: [bronze, silver, gold]` at the top of the file");
        }

        return true;
    }

    private bool CheckColumn(ExpandedText name)
    {
        bool isThere = _columns.Any(column => column.Name == name.Value) || _broken.Contains(name.Value) || !IsKnown;
        if (!isThere)
        {
            _context.Unknown("column", name, [.. _columns.Select(column => column.Name)]);
        }

        return isThere;
    }

    /// <summary>Goes on with these columns.</summary>
    private void Keep(List<ColumnDefinition> columns)
    {
        _columns.Clear();
        _columns.AddRange(columns.Select(column => new Column(column.Name, column.Type)));
    }

    private void BindChecks(List<ColumnDefinition> columns)
    {
        foreach ((ColumnDefinition column, ParsedExpression check) in _checks.Where(entry => columns.Any(column => column.Name == entry.Column.Name && column.Check is not null)))
        {
            var schema = new Schema([.. _columns, new Column(Value, column.Type)]);
            ExpressionReading.BindCondition(Log, check, new TableScope(schema, _broken));
        }
    }

    private List<ColumnDefinition> Columns(Section section)
    {
        const string Hint = "for example `order_id: { type: string }`";
        if (section.Node("columns") is null or YamlMapping { Entries.Count: 0 })
        {
            section.Missing("columns", Hint);
        }

        var columns = new List<ColumnDefinition>();
        foreach ((YamlScalar name, YamlNode value) in section.Entries("columns", Hint))
        {
            if (!TakeName(name))
            {
                continue;
            }

            (ColumnDefinition? column, ParsedExpression? check) = ColumnReading.Read(_context, name, value);
            if (column is null)
            {
                _broken.Add(name.Text);
                continue;
            }

            columns.Add(column);
            if (check is not null)
            {
                _checks.Add((column, check));
            }
        }

        return columns;
    }

    private List<DerivedColumn> Derived(Section section, List<ColumnDefinition> columns)
    {
        var derived = new List<DerivedColumn>();
        foreach ((YamlScalar name, YamlNode value) in section.Entries("derive", "for example `revenue: quantity * unit_price`"))
        {
            if (!TakeName(name))
            {
                continue;
            }

            if (value is not YamlScalar { IsNull: false } scalar)
            {
                Section.WrongKind(Log, name.Text, value, "an expression", "for example `quantity * unit_price`");
                _broken.Add(name.Text);
                continue;
            }

            ParsedExpression? expression = _context.Variables.Expand(scalar) is { } text ? ExpressionReading.Parse(Log, text) : null;
            if (expression is null || Expand(expression, columns) is not { } expanded || ExpressionReading.Bind(Log, expanded, Scope(columns)) is not { } type)
            {
                _broken.Add(name.Text);
                continue;
            }

            derived.Add(new DerivedColumn(name.Text, expression.Root));
            _columns.Add(new Column(name.Text, type));
        }

        return derived;
    }

    /// <summary>The expression with what only a table's own columns can say written out.</summary>
    private ParsedExpression? Expand(ParsedExpression expression, List<ColumnDefinition> columns)
    {
        try
        {
            return expression with { Root = RowQuality.Expand(expression.Root, columns) };
        }
        catch (ExpressionException exception)
        {
            Log.Add(expression.At(exception), exception.Message, exception.Hint);
            return null;
        }
    }

    private bool IsKnown => _section.Node("columns") is YamlMapping { Entries.Count: > 0 };

    private TableScope Scope(List<ColumnDefinition> columns) => new(new Schema([.. _columns]), _broken, IsKnown)
    {
        Personal = columns.Where(column => column.Pii is not null).Select(column => column.Name).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>Takes a name for a column.</summary>
    /// <returns>False when another column has it: then nothing more is to be said of this one.</returns>
    private bool TakeName(YamlScalar name)
    {
        if (name.Text == Value)
        {
            Log.Add(name.Start, $"`{Value}` cannot name a column: in a check it stands for the column itself", $"take another name, with `field: {Value}`");
            return false;
        }

        if (!Names.IsColumn(name.Text))
        {
            Log.Add(name.Start, $"`{name.Text}` cannot name a column", "use letters, digits and `_`, no word of the expressions, and `field` for the source's name");
        }

        if (_names.TryAdd(name.Text, name.Start))
        {
            return true;
        }

        Log.Add(name.Start, $"column `{name.Text}` is there twice", $"the first is on line {_names[name.Text].Line}");
        return false;
    }
}
