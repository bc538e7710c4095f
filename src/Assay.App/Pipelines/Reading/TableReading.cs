using Assay.Data;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads one table.</summary>
internal sealed class TableReading
{
    /// <summary>The name that a column has in its own check.</summary>
    private const string Value = "value";

    private readonly DefinitionContext _context;
    private readonly Section _section;
    private readonly List<Column> _columns = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);

    private TableReading(DefinitionContext context, Section section)
    {
        _context = context;
        _section = section;
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a table, and adds what can be said of it to the context.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">How it is declared.</param>
    /// <returns>The table; when something is wrong, it may lack parts.</returns>
    public static TableDefinition? Read(DefinitionContext context, YamlScalar name, YamlNode value)
    {
        if (!Names.IsFile(name.Text))
        {
            context.Log.Add(name.Start, $"`{name.Text}` cannot name a table", "use a-z, 0-9, `_` and `-`");
        }

        if (Section.Of(context, name, value, PipelineKeys.Table) is { } section)
        {
            return new TableReading(context, section).Read(name.Text);
        }

        context.Tables[name.Text] = new TableScope(new Schema([]), new HashSet<string>(), IsKnown: false);
        return null;
    }

    private TableDefinition Read(string name)
    {
        ExpandedText? from = _section.RequiredText("from", "it names the source that the rows come from");
        if (from is not null && !_context.SourceNames.Contains(from.Value))
        {
            _context.Unknown("source", from, _context.SourceNames);
        }

        List<ColumnDefinition> columns = Columns();
        List<DerivedColumn> derived = Derived(columns);
        TableScope scope = Scope() with { Personal = columns.Where(column => column.Pii is not null).Select(column => column.Name).ToHashSet(StringComparer.Ordinal) };
        _context.Tables[name] = scope;
        _context.Related.Add((name, _section));
        ParsedExpression? where = _section.Expression("where");
        if (where is not null)
        {
            ExpressionReading.BindCondition(Log, where, scope);
        }

        return new TableDefinition { Name = name, From = from?.Value ?? "", Columns = columns, Derive = derived, Where = where?.Root };
    }

    private List<ColumnDefinition> Columns()
    {
        const string Hint = "for example `order_id: { type: string }`";
        if (_section.Node("columns") is null or YamlMapping { Entries.Count: 0 })
        {
            _section.Missing("columns", Hint);
        }

        var columns = new List<ColumnDefinition>();
        var checks = new List<(ColumnDefinition Column, ParsedExpression Check)>();
        foreach ((YamlScalar name, YamlNode value) in _section.Entries("columns", Hint))
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
            _columns.Add(new Column(column.Name, column.Type));
            if (check is not null)
            {
                checks.Add((column, check));
            }
        }

        foreach ((ColumnDefinition column, ParsedExpression check) in checks)
        {
            var schema = new Schema([.. _columns, new Column(Value, column.Type)]);
            ExpressionReading.BindCondition(Log, check, new TableScope(schema, _broken));
        }

        return columns;
    }

    private List<DerivedColumn> Derived(List<ColumnDefinition> columns)
    {
        var derived = new List<DerivedColumn>();
        foreach ((YamlScalar name, YamlNode value) in _section.Entries("derive", "for example `revenue: quantity * unit_price`"))
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
            if (expression is null || Expand(expression, columns) is not { } expanded || ExpressionReading.Bind(Log, expanded, Scope()) is not { } type)
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

    private TableScope Scope() => new(new Schema([.. _columns]), _broken, _section.Node("columns") is YamlMapping { Entries.Count: > 0 });

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
