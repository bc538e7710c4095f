using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Plan;

/// <summary>An aggregate with its argument bound to the table.</summary>
/// <param name="Kind">Which aggregate.</param>
/// <param name="Argument">What it is taken over; null for <c>count(*)</c>.</param>
/// <param name="Custom">The registered one; null for those built in.</param>
/// <param name="CustomType">The type of its result.</param>
internal sealed record BoundAggregate(AggregateKind Kind, BoundExpression? Argument, CustomFunction? Custom = null, ColumnType CustomType = default)
{
    /// <summary>The argument as it is written; null for <c>count(*)</c>.</summary>
    public Expression? Over { get; init; }

    public ColumnType ArgumentType => Argument?.Type ?? ColumnType.Integer;

    public ColumnType ResultType => Custom is null ? Aggregate.ResultType(Kind, ArgumentType) : CustomType;

    public Aggregate Create() => Custom is null ? Aggregate.Create(Kind, ArgumentType) : new CustomAggregate(Custom, ArgumentType, CustomType);
}
