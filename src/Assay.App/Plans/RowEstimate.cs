namespace Assay.App.Plans;

/// <summary>How many records there are.</summary>
/// <param name="Rows">The number.</param>
/// <param name="IsExact">Whether they were counted; else it is the bytes over the mean bytes of a record.</param>
internal readonly record struct RowEstimate(long Rows, bool IsExact)
{
    /// <summary>Adds up.</summary>
    /// <returns>The sum, exact when all parts are; null when one part is not known.</returns>
    public static RowEstimate? Sum(IEnumerable<RowEstimate?> parts) => parts.Aggregate(
        (RowEstimate?)new RowEstimate(0, true),
        (sum, part) => sum is { } known && part is { } more ? new RowEstimate(known.Rows + more.Rows, known.IsExact && more.IsExact) : null);
}
