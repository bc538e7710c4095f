using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Plan;

/// <summary>An aggregate with its argument bound to the table.</summary>
/// <param name="Kind">Which aggregate.</param>
/// <param name="Argument">What it is taken over; null for <c>count(*)</c>.</param>
internal sealed record BoundAggregate(AggregateKind Kind, BoundExpression? Argument)
{
    public ColumnType ArgumentType => Argument?.Type ?? ColumnType.Integer;

    public ColumnType ResultType => Aggregate.ResultType(Kind, ArgumentType);

    public Aggregate Create() => Aggregate.Create(Kind, ArgumentType);
}
