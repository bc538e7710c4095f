using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Query;

/// <summary>A median of the least and the greatest of the one or two values in the middle.</summary>
internal sealed class QueriedMedian(Aggregate lower, Aggregate upper) : QueriedAggregate(lower, upper)
{
    public override void Write(int groups, Vector into, TextPool texts)
    {
        Vector lower = Figures(0, groups);
        Vector upper = Figures(1, groups);
        Aggregate.WriteCells(
            groups, into, group => lower.IsNull(group - 1) ? null : MedianAggregate.Of(lower.Get(group - 1), upper.Get(group - 1)));
    }
}
