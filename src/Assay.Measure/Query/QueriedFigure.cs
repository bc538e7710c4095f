using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Query;

/// <summary>An aggregate that the database computes whole. A sum of no values, null there, is 0 as it is in memory.</summary>
internal sealed class QueriedFigure(Aggregate figure) : QueriedAggregate(figure)
{
    public override void Write(int groups, Vector into, TextPool texts) => Parts[0].Write(groups, into, texts);
}
