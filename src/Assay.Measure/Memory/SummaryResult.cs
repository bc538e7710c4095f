using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>Computes a KPI's summary of all its rows.</summary>
internal static class SummaryResult
{
    /// <summary>Computes it.</summary>
    /// <param name="plan">The KPI.</param>
    /// <param name="rows">Its rows with all columns, exact.</param>
    /// <param name="order">The order of the rows.</param>
    /// <param name="evaluator">Evaluates over the rows.</param>
    /// <param name="inputs">The tables' numbers of rows.</param>
    /// <exception cref="MeasureException">A table's number of rows was not given, or a value needs more than 128 bits.</exception>
    public static IEnumerable<ResultTotal> Make(GroupedPlan plan, RowBatch rows, int[] order, VectorEvaluator evaluator, MeasureInputs inputs)
    {
        SummaryPlan summary = plan.Totals!;
        var one = new RowBatch(summary.Full, rows.Texts, 1) { Count = 1 };
        int next = 0;
        int[] groups = new int[rows.Count];
        Array.Fill(groups, 1);
        foreach (BoundAggregate bound in summary.Aggregates)
        {
            Aggregate aggregate = bound.Create();
            aggregate.EnsureGroups(2);
            aggregate.Add(groups, bound.Argument is null ? null : GroupedResult.Evaluate(plan, evaluator, bound.Argument, rows), rows);
            aggregate.Write(1, one.Columns[next++], rows.Texts);
        }

        foreach ((BoundExpression value, bool isLast) in summary.Edges)
        {
            Take(GroupedResult.Evaluate(plan, evaluator, value, rows), order.Length == 0 ? -1 : order[isLast ? ^1 : 0], one.Columns[next++]);
        }

        foreach (string table in summary.Tables)
        {
            one.Columns[next++].Values[0] = inputs.TableRows.TryGetValue(table, out long count)
                ? count
                : throw new MeasureException(plan.Definition.Name, $"its summary counts the rows of `{table}`, which were not given");
        }

        var single = new VectorEvaluator(rows.Texts, 1);
        var totals = new List<ResultTotal>();
        foreach (OutputColumn entry in summary.Entries)
        {
            Vector value = GroupedResult.Evaluate(plan, single, entry.Value, one);
            one.Columns[next++] = value;
            totals.Add(new ResultTotal(entry.Name, entry.Column.Type, Cells.Read(value, 0, entry.Column, rows.Texts)));
        }

        return totals;
    }

    private static void Take(Vector from, int row, Vector into)
    {
        into.HasNulls = row < 0 || from.IsNull(row);
        into.Nulls[0] = into.HasNulls;
        into.IsWide = from.IsWide;
        if (!into.HasNulls && from.IsWide)
        {
            into.Wide[0] = from.Wide[row];
        }
        else if (!into.HasNulls)
        {
            into.Values[0] = from.Values[row];
        }
    }
}
