using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

/// <summary>A scored KPI, and its result computed in two plain steps: the statistics, then every row.</summary>
internal sealed class ReferenceScores(IReadOnlyList<Rule> rules, int minimum, int limit, bool where = false)
{
    public KpiDefinition Definition { get; } = new()
    {
        Name = "k",
        Title = "K",
        From = "t",
        Where = where ? ExpressionParser.Parse("quantity > 1") : null,
        Columns = [Engine.Named("region", "region"), Engine.Named("price", "price"), Engine.Named("id", "id")],
        Score = new ScoreDefinition
        {
            ScoreColumn = "score",
            ReasonsColumn = "reasons",
            Minimum = minimum,
            Total = "flagged",
            Rules = [.. rules.Select((rule, i) => new ScoreRule(
                ExpressionParser.Parse(rule.When),
                rule.Points,
                new ReasonTemplate([new ReasonPart($"r{i} "), new ReasonPart("", ExpressionParser.Parse("avg(price)"), 2)])))],
        },
        OrderBy = [new OrderTerm("score", true), new OrderTerm("price", true)],
        Limit = limit,
    };

    /// <summary>The table as text, and the number of flagged rows.</summary>
    public (string Table, long Flagged) Compute(IReadOnlyList<Row> rows)
    {
        Row[] kept = [.. rows.Where(row => !where || (row.Number("quantity") is { } quantity && quantity.CompareTo(Number.Of(1)) > 0))];
        Statistics all = Statistics.Of(kept);
        string mean = all.Price is { } price ? Decimals.Format((Int128)price.Round(2).Units, 2) : "null";
        var flagged = new List<object?[]>();
        foreach (Row row in kept)
        {
            int[] held = [.. Enumerable.Range(0, rules.Count).Where(i => rules[i].Holds(row, all))];
            int score = held.Sum(i => rules[i].Points);
            if (score >= minimum)
            {
                flagged.Add([row["region"], (Int128?)row.Number("price")?.Units, (Int128)row.Number("id")!.Value.Units, (Int128)score, string.Join("; ", held.Select(i => $"r{i} {mean}"))]);
            }
        }

        flagged.Sort((left, right) => Values.CompareRows(left, right, [(3, true), (1, true)]));
        return (Values.Show(KpiPlan.Create(Definition, Sample.Schema).Result, flagged.Take(limit)), flagged.Count);
    }
}
