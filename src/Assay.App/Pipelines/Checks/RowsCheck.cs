using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>A condition that every row of a table holds, or all but a few. As in SQL, a row for which it is null passes.</summary>
public sealed record RowsCheck : CheckDefinition
{
    private const string Rows = "rows";
    private const string Failing = "failing_rows";

    /// <summary>The condition, over the table's columns.</summary>
    public required Expression Condition { get; init; }

    /// <summary>The condition as the pipeline writes it.</summary>
    public required string ConditionText { get; init; }

    /// <summary>How many rows may fail.</summary>
    public CheckAllowance AtMost { get; init; } = CheckAllowance.None;

    /// <inheritdoc/>
    public override string Expectation => $"{ConditionText} in every row{AtMost}";

    /// <inheritdoc/>
    public override KpiDefinition Figures
    {
        get
        {
            var fails = new CaseExpression(
                0, null, [new CaseBranch(new UnaryExpression(0, UnaryOperator.Not, Condition), LiteralExpression.Number(1, 0))], null);
            return OneRow(
                new NamedExpression(Rows, ExpressionParser.Parse("count(*)")), new NamedExpression(Failing, new CallExpression(0, "count", [fails])));
        }
    }

    private protected override (bool Holds, string Observed) Decide(CheckFigures figures)
    {
        long failing = figures.Measure(Failing);
        long rows = figures.Measure(Rows);
        return (AtMost.Allows(failing, rows), $"{failing} of {rows} rows in which it does not hold");
    }
}
