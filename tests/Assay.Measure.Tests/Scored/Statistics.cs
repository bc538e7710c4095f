using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

/// <summary>What rows are scored against.</summary>
/// <param name="Rows">How many rows count.</param>
/// <param name="Price">Their mean price.</param>
/// <param name="Quantity">Their mean quantity.</param>
/// <param name="Greatest">Their greatest price.</param>
internal sealed record Statistics(int Rows, Number? Price, Number? Quantity, Number? Greatest)
{
    public static Statistics Of(IReadOnlyList<Row> rows) => new(
        rows.Count,
        Aggregates.Average(rows.Select(row => row["price"]), 2),
        Aggregates.Average(rows.Select(row => row["quantity"]), 0),
        (Number?)Aggregates.Extreme(rows.Select(row => row["price"]), greatest: true));
}
