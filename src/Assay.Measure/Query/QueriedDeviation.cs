using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Query;

/// <summary>A standard deviation of the number of values, their sum and the sum of their squares.</summary>
internal sealed class QueriedDeviation(Aggregate count, Aggregate sum, Aggregate squares) : QueriedAggregate(count, sum, squares)
{
    public override void Write(int groups, Vector into, TextPool texts)
    {
        Vector n = Figures(0, groups);
        Vector sum = Figures(1, groups);
        Vector squares = Figures(2, groups);
        Aggregate.WriteCells(groups, into, group => DeviationAggregate.Of(n.Get(group - 1), sum.Get(group - 1), squares.Get(group - 1)));
    }
}
