using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>
/// One aggregate of every group: plain arrays indexed by group number. Group 0 takes the rows that a
/// condition leaves out, so that the loops need not ask; its result is never read. One per worker.
/// </summary>
internal abstract class Aggregate
{
    /// <summary>Makes room.</summary>
    /// <param name="groups">How many groups there are, group 0 included.</param>
    public abstract void EnsureGroups(int groups);

    /// <summary>Adds a batch of rows.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="argument">The values aggregated; null for <c>count(*)</c>.</param>
    /// <param name="batch">The batch they come from.</param>
    public abstract void Add(int[] groups, Vector? argument, RowBatch batch);

    /// <summary>Adds a batch of rows that are all in group 1.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="argument">The values aggregated; null for <c>count(*)</c>.</param>
    /// <param name="batch">The batch they come from.</param>
    public virtual void AddToFirst(int[] groups, Vector? argument, RowBatch batch) => Add(groups, argument, batch);

    /// <summary>Adds what another worker has; both kept the same aggregate.</summary>
    /// <param name="other">The other worker's.</param>
    /// <param name="groups">For each of its groups the number of the same group here.</param>
    public abstract void Merge(Aggregate other, int[] groups);

    /// <summary>Writes the results of groups 1 and on into rows 0 and on.</summary>
    /// <param name="groups">How many results to write.</param>
    /// <param name="into">Where to; its type is set already.</param>
    /// <param name="texts">The pool that text results go to.</param>
    public abstract void Write(int groups, Vector into, TextPool texts);

    public static Aggregate Create(AggregateKind kind, ColumnType argument) => kind switch
    {
        AggregateKind.CountRows => new CountAggregate(),
        AggregateKind.Count => new CountAggregate(),
        AggregateKind.CountDistinct => new CountDistinctAggregate(argument),
        AggregateKind.Sum => new SumAggregate(),
        AggregateKind.Min when argument.Kind == ColumnKind.String => new TextExtremeAggregate(-1),
        AggregateKind.Max when argument.Kind == ColumnKind.String => new TextExtremeAggregate(1),
        AggregateKind.Min => new ExtremeAggregate(-1),
        AggregateKind.Max => new ExtremeAggregate(1),
        AggregateKind.StandardDeviation => new DeviationAggregate(),
        _ => new MedianAggregate(),
    };

    /// <summary>The type of an aggregate's result.</summary>
    public static ColumnType ResultType(AggregateKind kind, ColumnType argument) => kind switch
    {
        AggregateKind.CountRows or AggregateKind.Count or AggregateKind.CountDistinct => ColumnType.Integer,
        AggregateKind.Sum when argument.Kind == ColumnKind.Integer => ColumnType.Integer,
        AggregateKind.Sum => ColumnType.Decimal(ColumnType.MaxPrecision, argument.Scale),
        AggregateKind.Median => ColumnType.Decimal(ColumnType.MaxPrecision, argument.Scale + 6),
        AggregateKind.StandardDeviation => ColumnType.Decimal(ColumnType.MaxPrecision, argument.Scale + DeviationAggregate.Digits),
        _ => argument,
    };

    /// <summary>Writes an exact result, at full width only when one of them needs it.</summary>
    public static void WriteCells(int groups, Vector into, Func<int, Int128?> result)
    {
        into.HasNulls = false;
        into.IsWide = false;
        for (int i = 0; i < groups; i++)
        {
            Int128? cell = result(i + 1);
            if (cell is null)
            {
                if (!into.HasNulls)
                {
                    Array.Clear(into.Nulls);
                    into.HasNulls = true;
                }

                into.Nulls[i] = true;
            }
            else if (!into.IsWide && cell >= long.MinValue && cell <= long.MaxValue)
            {
                into.Values[i] = (long)cell;
            }
            else
            {
                if (!into.IsWide)
                {
                    into.IsWide = true;
                    for (int before = 0; before < i; before++)
                    {
                        into.Wide[before] = into.Values[before];
                    }
                }

                into.Wide[i] = cell.Value;
            }
        }
    }
}
