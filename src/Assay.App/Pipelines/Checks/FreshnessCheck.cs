using Assay.Data;
using Assay.Measure;
using Assay.Refine.Quality;

namespace Assay.App.Pipelines;

/// <summary>The newest value of a column is recent. A table without any does not pass; one from the future does.</summary>
public sealed record FreshnessCheck : CheckDefinition
{
    private const string Newest = "newest";

    /// <summary>The column, a date (its midnight counts) or a timestamp.</summary>
    public required string Column { get; init; }

    /// <summary>How long before the run's as-of the newest value may be, that included.</summary>
    public required Age MaxAge { get; init; }

    /// <summary>Whether the column holds personal data, so that findings mask its value.</summary>
    public bool IsPersonal { get; init; }

    /// <inheritdoc/>
    public override string Expectation => $"a {Column} not older than {MaxAge}";

    /// <inheritdoc/>
    public override KpiDefinition Figures => OneRow(new NamedExpression(Newest, ExpressionParser.Parse($"max({Column})")));

    private protected override (bool Holds, string Observed) Decide(CheckFigures figures)
    {
        if (figures.Measured.GetValueOrDefault(Newest) is not { } newest)
        {
            return (false, "none");
        }

        string moment = CheckFigures.MomentText(newest);
        return (
            figures.AsOf - newest <= MaxAge.Microseconds,
            $"{(IsPersonal ? Masking.Mask(moment) : moment)} as the newest, as of {CheckFigures.MomentText(figures.AsOf)}");
    }
}
