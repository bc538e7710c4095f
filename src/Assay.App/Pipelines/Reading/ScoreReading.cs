using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Reads how a KPI scores rows.</summary>
/// <param name="context">The definition it is part of.</param>
/// <param name="expressions">Where to add the expressions in it.</param>
/// <param name="takeName">Takes the name of an output column.</param>
internal sealed class ScoreReading(DefinitionContext context, List<ParsedExpression> expressions, Action<string, Place> takeName)
{
    private DefinitionLog Log => context.Log;

    /// <summary>Reads it.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <returns>It, or null when there is none; what is wrong is left out.</returns>
    public ScoreDefinition? Read(Section kpi)
    {
        if (kpi.Child("score", PipelineKeys.Score) is not { } score)
        {
            return null;
        }

        ExpandedText? column = score.RequiredText("column", "it names the output column of the points");
        ExpandedText? reasons = score.RequiredText("reasons", "it names the output column of the reasons");
        ExpandedText? total = score.Text("total");
        foreach (ExpandedText name in new[] { column, reasons }.OfType<ExpandedText>())
        {
            takeName(name.Value, name.Start);
        }

        if (total is not null && !Names.IsColumn(total.Value))
        {
            Log.Add(total.Start, $"`{total.Value}` cannot name a total", "use letters, digits and `_`");
        }

        var rules = new List<ScoreRule>();
        foreach (YamlNode item in score.Items("rules", "for example `- { when: quantity > 100, points: 2, reason: Large quantity }`"))
        {
            if (Rule(item) is { } rule)
            {
                rules.Add(rule);
            }
        }

        if (score.Node("rules") is null or YamlSequence { Items.Count: 0 })
        {
            score.Missing("rules", "for example `- { when: quantity > 100, points: 2, reason: Large quantity }`");
        }

        return new ScoreDefinition
        {
            ScoreColumn = column?.Value ?? "",
            ReasonsColumn = reasons?.Value ?? "",
            Minimum = (int)(score.Number("minimum", 0, int.MaxValue) ?? 1),
            Total = total?.Value ?? "flagged",
            Rules = rules,
        };
    }

    private ScoreRule? Rule(YamlNode item)
    {
        if (item is not YamlMapping mapping)
        {
            Log.Add(item.Start, $"a scoring rule is a mapping, and this is {item.Kind}", $"its keys are {string.Join(", ", PipelineKeys.ScoreRule)}");
            return null;
        }

        var section = new Section(context, mapping, item.Start, PipelineKeys.ScoreRule);
        section.RequiredText("when", "it is the rule's condition");
        ParsedExpression? when = section.Expression("when");
        if (section.Node("points") is null)
        {
            section.Missing("points", "they are what the rule adds to the score");
        }

        if (when is not null)
        {
            expressions.Add(when);
        }

        int points = (int)(section.Number("points", -1000, 1000) ?? 0);
        ExpandedText? reason = section.RequiredText("reason", "it is what people read");
        ReasonTemplate template = reason is null ? new ReasonTemplate([]) : ReasonReading.Read(Log, reason, expressions);
        return when is null ? null : new ScoreRule(when.Root, points, template);
    }
}
