using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>
/// The least and greatest score each row of a batch can have, given two values of every statistic between
/// which the final one is expected to lie; with the final ones both scores are the same.
/// </summary>
internal sealed class RuleScores(int capacity)
{
    public long[] Least { get; } = new long[capacity];

    public long[] Greatest { get; } = new long[capacity];

    /// <summary>Scores a batch.</summary>
    /// <param name="low">The rules with the lower values.</param>
    /// <param name="high">The rules with the higher values; the same object when the values are final.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="evaluate">Evaluates an expression over them.</param>
    public void Compute(Scoring low, Scoring high, RowBatch batch, Func<BoundExpression, RowBatch, Vector> evaluate)
    {
        int count = batch.Count;
        Array.Clear(Least, 0, count);
        for (int i = 0; i < low.Rules.Count; i++)
        {
            if (!low.Rules[i].DependsOnStatistics || ReferenceEquals(low, high))
            {
                Add(evaluate(low.Rules[i].When, batch), low.Rules[i].Points, count);
            }
        }

        Array.Copy(Least, Greatest, count);
        for (int i = 0; i < low.Rules.Count && !ReferenceEquals(low, high); i++)
        {
            if (low.Rules[i].DependsOnStatistics)
            {
                AddBounds(evaluate(low.Rules[i].When, batch), evaluate(high.Rules[i].When, batch), low.Rules[i].Points, count);
            }
        }
    }

    private void Add(Vector holds, int points, int count)
    {
        long[] values = holds.Values;
        long[] scores = Least;
        if (holds.HasNulls)
        {
            for (int row = 0; row < count; row++)
            {
                scores[row] += holds.Nulls[row] ? 0 : values[row] * points;
            }

            return;
        }

        for (int row = 0; row < count; row++)
        {
            scores[row] += values[row] * points;
        }
    }

    private void AddBounds(Vector low, Vector high, int points, int count)
    {
        for (int row = 0; row < count; row++)
        {
            long a = low.IsNull(row) ? 0 : low.Values[row] * points;
            long b = high.IsNull(row) ? 0 : high.Values[row] * points;
            Least[row] += Math.Min(a, b);
            Greatest[row] += Math.Max(a, b);
        }
    }
}
