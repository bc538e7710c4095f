namespace Assay.App.Pipelines;

/// <summary>Reads one check on a table as a whole.</summary>
internal static class CheckReading
{
    /// <summary>Reads a check.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="item">How it is declared.</param>
    /// <returns>The check, or null when something is wrong.</returns>
    public static CheckDefinition? Read(DefinitionContext context, YamlNode item)
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

        section.RequiredText("rule", "for example `rejected_rate <= 0.05`");
        ParsedExpression? rule = section.Expression("rule");
        if (rule is not null)
        {
            ExpressionReading.BindCondition(context.Log, rule, new TableScope(CheckDefinition.Figures, new HashSet<string>()));
        }

        string? severity = section.Choice("severity", PipelineKeys.Severities);
        return context.Log.Count > errors || table is null || name is null || rule is null
            ? null
            : new CheckDefinition { Name = name.Value, Table = table.Value, Rule = rule.Root, RuleText = rule.Text.Value, IsWarning = severity == "warn" };
    }
}
