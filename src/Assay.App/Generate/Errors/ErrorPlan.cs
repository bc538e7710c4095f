namespace Assay.App.Generate;

/// <summary>The kinds of error of the rows, or of their lines.</summary>
/// <param name="Rate">The share that is made bad, unless the options give another.</param>
/// <param name="Slot">The slot with a bit per kind, or -1 when there is none.</param>
/// <param name="Kinds">The kinds by bit.</param>
internal sealed record ErrorPlan(double Rate, int Slot, IReadOnlyList<ErrorKind> Kinds)
{
    /// <summary>No errors.</summary>
    public static ErrorPlan None { get; } = new(0, -1, []);
}
