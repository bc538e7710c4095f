using Assay.Data;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads the cleaning rules of a column.</summary>
internal static class CleanReading
{
    /// <summary>Reads the list under <c>clean</c>.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="column">The column's section.</param>
    /// <param name="type">The column's type, or null when it has none that is known.</param>
    /// <returns>The rules that could be made, in order, each with a text that is equal for rules that do the same.</returns>
    public static IReadOnlyList<(CleaningRule Rule, string Text)> Read(DefinitionContext context, Section column, ColumnType? type)
    {
        var rules = new List<(CleaningRule, string)>();
        var names = new List<(string Name, Place Start)>();
        foreach (YamlNode item in column.Items("clean", "for example `[trim, lower]`"))
        {
            (CleaningRule, string)? rule = item switch
            {
                YamlScalar { IsNull: false } name => context.Variables.Expand(name) is { } text ? Make(context, text.Value, name, null, names) : null,
                YamlMapping { Entries: [var only] } => Make(context, only.Key.Text, only.Key, only.Value, names),
                _ => Refuse(context, item),
            };
            if (rule is { } made)
            {
                rules.Add(made);
            }
        }

        CheckNumbers(context, names, type);
        return rules;
    }

    /// <summary>Refuses what would silently give other numbers than are written.</summary>
    private static void CheckNumbers(DefinitionContext context, List<(string Name, Place Start)> rules, ColumnType? type)
    {
        bool reads = rules.Exists(rule => rule.Name == "number");
        foreach ((string name, Place start) in rules)
        {
            if (name == "digits" && type is { IsNumeric: true })
            {
                context.Log.Add(
                    start,
                    $"`digits` drops signs and points (-2.5 would become 25), and this is of type {type}",
                    "it is for texts such as telephone numbers; for numbers in another form write `number`, for example `{ number: { decimal: \",\", group: \".\" } }`");
            }
            else if (name == "thousands" && reads)
            {
                context.Log.Add(start, "`thousands` does not go with `number`", "leave it out: `number` takes groups apart by its `group`");
            }
        }

        if (rules.FindLastIndex(rule => rule.Name == "number") is > 0 and int last && rules.FindIndex(rule => rule.Name == "number") != last)
        {
            context.Log.Add(rules[last].Start, "`number` is there twice", "numbers of a column are written in one form");
        }
    }

    private static (CleaningRule, string)? Refuse(DefinitionContext context, YamlNode item)
    {
        context.Log.Add(item.Start, "a cleaning rule is a name, or a mapping of one name to its argument", "for example `trim` or `{ default: unknown }`");
        return null;
    }

    private static (CleaningRule, string)? Make(
        DefinitionContext context, string name, YamlScalar place, YamlNode? value, List<(string Name, Place Start)> names)
    {
        names.Add((name, place.Start));
        int errors = context.Log.Count;
        RuleArgument argument = Argument(context, name, value);
        if (context.Log.Count > errors || (name == "map" && IsBroken(context, argument)))
        {
            return null;
        }

        CleaningRule? rule = context.Rules.Create(name, argument, context.Maps, out RuleProblem? problem);
        if (problem is not null)
        {
            context.Log.Add(PlaceOf(problem, place, value), problem.Message, problem.Hint);
        }

        return rule is null ? null : (rule, argument.Canonical(name, context.Maps));
    }

    /// <summary>Whether the map is one whose declaration has a mistake, which has been said already.</summary>
    private static bool IsBroken(DefinitionContext context, RuleArgument argument) =>
        argument.Text is { } map && context.MapNames.Contains(map) && !context.Maps.ContainsKey(map);

    private static Place PlaceOf(RuleProblem problem, YamlScalar name, YamlNode? value) =>
        problem.Entry is not null && value is YamlMapping mapping && mapping.TryGet(problem.Entry, out (YamlScalar Key, YamlNode Value) entry)
            ? entry.Key.Start
            : value is YamlScalar { IsNull: false } ? value.Start : name.Start;

    private static RuleArgument Argument(DefinitionContext context, string name, YamlNode? value) => value switch
    {
        null or YamlScalar { IsNull: true } => RuleArgument.None,
        YamlScalar scalar => new RuleArgument { Text = context.Variables.Expand(scalar)?.Value },
        YamlSequence list => new RuleArgument { Items = [.. list.Items.Select(item => Text(context, name, item) ?? "")] },
        YamlMapping mapping when name == "map" => new RuleArgument { Entries = MapReading.Read(context, mapping)! },
        YamlMapping mapping => new RuleArgument
        {
            Entries = mapping.Entries.ToDictionary(entry => entry.Key.Text, entry => Text(context, name, entry.Value)),
        },
        _ => RuleArgument.None,
    };

    private static string? Text(DefinitionContext context, string rule, YamlNode node)
    {
        if (node is not YamlScalar scalar)
        {
            context.Log.Add(node.Start, $"rule `{rule}` takes texts here, not {node.Kind}");
            return null;
        }

        return scalar.IsNull ? null : context.Variables.Expand(scalar)?.Value;
    }
}
