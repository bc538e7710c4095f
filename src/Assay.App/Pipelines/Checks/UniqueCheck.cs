using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>No two rows have the same values of some columns. As in SQL, rows in which one is missing are not looked at.</summary>
public sealed record UniqueCheck : CheckDefinition
{
    private const string Rows = "rows";
    private const string Distinct = "distinct_rows";

    /// <summary>The columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How many rows may repeat another.</summary>
    public CheckAllowance AtMost { get; init; } = CheckAllowance.None;

    /// <inheritdoc/>
    public override string Expectation => $"{string.Join(", ", Columns)} to differ in every row{AtMost}";

    /// <inheritdoc/>
    public override KpiDefinition Figures => OneRow(
        new NamedExpression(Rows, ExpressionParser.Parse($"count({Key})")), new NamedExpression(Distinct, ExpressionParser.Parse($"count(distinct {Key})")));

    /// <summary>One value for the columns; each with its length, so that no two different rows give the same. Null when one is missing.</summary>
    private string Key => Columns.Count == 1
        ? Columns[0]
        : string.Join(" || ", Columns.Select(column => $"to_string(length(to_string({column}))) || ':' || to_string({column})"));

    private protected override (bool Holds, string Observed) Decide(CheckFigures figures)
    {
        long rows = figures.Measure(Rows);
        long repeated = rows - figures.Measure(Distinct);
        return (AtMost.Allows(repeated, rows), $"{repeated} of {rows} rows that repeat another");
    }
}
