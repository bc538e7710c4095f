using Assay.Data;

namespace Assay.Sql;

/// <summary>An aggregate over the rows of a group. Sums are exact to 128 bits or fail; a sum of no values is null, as SQL has it.</summary>
/// <param name="Type">The type of its result.</param>
/// <param name="Function">Which.</param>
/// <param name="Argument">What it is taken over; null for the number of rows.</param>
public sealed record SqlAggregate(ColumnType Type, SqlAggregateFunction Function, SqlExpression? Argument) : SqlExpression(Type);
