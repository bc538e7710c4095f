using System.Diagnostics.CodeAnalysis;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Reads one check on a table as a whole.</summary>
internal sealed class CheckReading
{
    private const string AllowanceHint = "a number of rows such as `5`, or a share of them such as `0.01`";

    private readonly DefinitionContext _context;
    private readonly Section _section;
    private readonly string _table;
    private readonly string _name;
    private readonly bool _isWarning;
    private readonly TableScope _scope;

    private CheckReading(DefinitionContext context, Section section, string table, string name, bool isWarning)
    {
        _context = context;
        _section = section;
        _table = table;
        _name = name;
        _isWarning = isWarning;
        _scope = context.Tables.GetValueOrDefault(table) ?? new TableScope(new Schema([]), new HashSet<string>(), IsKnown: false);
    }

    private DefinitionLog Log => _context.Log;

    /// <summary>Reads a check.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="item">How it is declared.</param>
    /// <param name="known">The checks before it.</param>
    /// <returns>The check, or null when something is wrong.</returns>
    public static CheckDefinition? Read(DefinitionContext context, YamlNode item, IReadOnlyList<CheckDefinition> known)
    {
        if (item is not YamlMapping mapping)
        {
            context.Log.Add(item.Start, $"a check is a mapping, and this is {item.Kind}", "for example `{ table: shop, name: few_rejects, rule: rejected_rate <= 0.05 }`");
            return null;
        }

        int errors = context.Log.Count;
        var section = new Section(context, mapping, item.Start, PipelineKeys.Check);
        ExpandedText? table = section.RequiredText("table", "it is what the check is about");
        if (table is not null && !context.Tables.ContainsKey(table.Value))
        {
            context.Unknown("table", table, context.Tables.Keys);
        }

        ExpandedText? name = section.RequiredText("name", "reports call it by that");
        if (name is not null && !Names.IsFile(name.Value))
        {
            context.Log.Add(name.Start, $"`{name.Value}` cannot name a check", "use a-z, 0-9, `_` and `-`");
        }
        else if (name is not null && known.Any(check => check.Name == name.Value && check.Table == table?.Value))
        {
            context.Log.Add(name.Start, $"check `{name.Value}` of `{table!.Value}` is there twice", "relationships of a table are checks, too");
        }

        string? severity = section.Choice("severity", PipelineKeys.Severities);
        CheckDefinition? check = new CheckReading(context, section, table?.Value ?? "", name?.Value ?? "", severity == "warn").Read();
        return context.Log.Count > errors ? null : check;
    }

    private CheckDefinition? Read()
    {
        string[] kinds = [.. PipelineKeys.CheckKinds.Where(kind => _section.Node(kind) is not null)];
        if (kinds.Length == 0)
        {
            _section.Missing("rule", $"for example `rejected_rate <= 0.05`, or one of {string.Join(", ", PipelineKeys.CheckKinds.Skip(1))}");
            return null;
        }

        if (kinds.Length > 1)
        {
            Log.Add(_section.Node(kinds[1])!.Start, $"a check has one condition, not `{kinds[0]}` and `{kinds[1]}`", "write two checks");
            return null;
        }

        if (_section.Node("at_most") is { } atMost && kinds[0] is "rule" or "freshness")
        {
            Log.Add(atMost.Start, $"`at_most` does not go with `{kinds[0]}`", "it is about rows");
        }

        return kinds[0] switch
        {
            "rule" => Rule(),
            "unique" => Unique(),
            "freshness" => Freshness(),
            "rows" => Rows(),
            _ => Relationship(),
        };
    }

    private RuleCheck? Rule()
    {
        if (_section.Expression("rule") is not { } rule)
        {
            return null;
        }

        ExpressionReading.BindCondition(Log, rule, new TableScope(RuleCheck.Books, new HashSet<string>()));
        return new RuleCheck { Table = _table, Name = _name, IsWarning = _isWarning, Rule = rule.Root, RuleText = rule.Text.Value };
    }

    private UniqueCheck Unique()
    {
        var columns = new List<string>();
        foreach (ExpandedText column in _section.Texts("unique", "for example `[order_id]`"))
        {
            if (columns.Contains(column.Value))
            {
                Log.Add(column.Start, $"`{column.Value}` is there twice");
            }

            Find(column, _scope, out _);
            columns.Add(column.Value);
        }

        if (_section.Node("unique") is YamlSequence { Items.Count: 0 } empty)
        {
            Log.Add(empty.Start, "`unique` is empty", "for example `[order_id]`");
        }

        return new UniqueCheck { Table = _table, Name = _name, IsWarning = _isWarning, Columns = columns, AtMost = AtMost() };
    }

    private FreshnessCheck? Freshness()
    {
        if (_section.Node("freshness") is not YamlMapping || _section.Child("freshness", PipelineKeys.Freshness) is not { } section)
        {
            Section.WrongKind(Log, "freshness", _section.Node("freshness")!, "a mapping", "for example `{ column: sold_at, max_age: 2 days }`");
            return null;
        }

        ExpandedText? column = section.RequiredText("column", "it is a date or timestamp");
        if (column is not null && Find(column, _scope, out ColumnType? type) && type is { Kind: not (ColumnKind.Date or ColumnKind.Timestamp) })
        {
            Log.Add(column.Start, $"`freshness` is for dates and timestamps, and `{column.Value}` is of type {type}");
        }

        ExpandedText? text = section.RequiredText("max_age", "for example `2 days`");
        Age? age = text is null ? null : Age.Parse(text.Value);
        if (text is not null && age is null)
        {
            Log.Add(text.Start, $"`{text.Value}` is no length of time", "write a whole number of minutes, hours, days or weeks, for example `2 days`");
        }

        return column is null || age is null ? null : new FreshnessCheck
        {
            Table = _table,
            Name = _name,
            IsWarning = _isWarning,
            Column = column.Value,
            MaxAge = age,
            IsPersonal = _scope.Personal.Contains(column.Value),
        };
    }

    private RowsCheck? Rows()
    {
        if (_section.Expression("rows") is not { } condition)
        {
            return null;
        }

        ExpressionReading.BindCondition(Log, condition, _scope);
        return new RowsCheck
        {
            Table = _table,
            Name = _name,
            IsWarning = _isWarning,
            Condition = condition.Root,
            ConditionText = condition.Text.Value,
            AtMost = AtMost(),
        };
    }

    private RelationshipCheck? Relationship()
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = _section.Entries("relationships", RelationshipReading.Hint);
        if (entries.Count == 1)
        {
            return RelationshipReading.Read(_context, _table, entries[0].Key, entries[0].Value) is { } check
                ? check with { Name = _name, IsWarning = _isWarning, AtMost = AtMost() }
                : null;
        }

        if (_section.Node("relationships") is YamlMapping mapping)
        {
            Log.Add(mapping.Start, "a check is about one relationship", RelationshipReading.Hint);
        }

        return null;
    }

    private CheckAllowance AtMost()
    {
        if (_section.Text("at_most") is not { } text)
        {
            return CheckAllowance.None;
        }

        if (CheckAllowance.Parse(text.Value) is { } allowance)
        {
            return allowance;
        }

        Log.Add(text.Start, $"`at_most` cannot be `{text.Value}`", AllowanceHint);
        return CheckAllowance.None;
    }

    private bool Find(ExpandedText column, TableScope scope, [NotNullWhen(true)] out ColumnType? type) => RelationshipReading.Find(Log, column, scope, out type);
}
