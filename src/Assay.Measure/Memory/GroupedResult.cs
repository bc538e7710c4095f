using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>Makes a KPI's result of its groups: measures, order, derived columns, rounding, limit. All exact until the one rounding.</summary>
internal static class GroupedResult
{
    public static KpiResult Make(GroupedPlan plan, GroupedState state)
    {
        int groups = state.Index.Count;
        var texts = new TextPool();
        var batch = new RowBatch(plan.Full, texts, Math.Max(groups, 1));
        var evaluator = new VectorEvaluator(texts, Math.Max(groups, 1));
        state.Write(batch);

        int next = plan.Keys.Count + plan.Aggregates.Count;
        foreach (OutputColumn measure in plan.Measures)
        {
            batch.Columns[next++] = Evaluate(plan, evaluator, measure.Value, batch);
        }

        int[] order = Order(plan, batch);
        foreach (WindowColumn window in plan.Windows)
        {
            Vector? argument = window.Argument is null ? null : Evaluate(plan, evaluator, window.Argument, batch);
            Fill(plan, window, argument, order, batch.Columns[next++]);
        }

        foreach (OutputColumn derived in plan.Derive)
        {
            batch.Columns[next++] = Evaluate(plan, evaluator, derived.Value, batch);
        }

        List<object?[]> rows = [.. order.Select(row => Read(plan, batch, row))];
        rows.Sort((left, right) => Compare(plan, left, right));
        if (plan.Definition.Limit is { } limit && rows.Count > limit)
        {
            rows.RemoveRange(limit, rows.Count - limit);
        }

        var table = new ResultTable(plan.Definition.Name, plan.Definition.Title, plan.Result, rows);
        return new KpiResult(plan.Definition, table, new Dictionary<string, long>());
    }

    private static Vector Evaluate(GroupedPlan plan, VectorEvaluator evaluator, BoundExpression expression, RowBatch batch)
    {
        Vector value = evaluator.Evaluate(expression, batch);
        return evaluator.HasOverflow
            ? throw new MeasureException(plan.Definition.Name, "a value needs more than 128 bits")
            : value;
    }

    /// <summary>The rows in the order that windows run over: by keys and measures, which exist by then.</summary>
    private static int[] Order(GroupedPlan plan, RowBatch batch)
    {
        int[] order = [.. Enumerable.Range(0, batch.Count)];
        if (plan.Windows.Count > 0)
        {
            object?[][] rows = [.. order.Select(row => Read(plan, batch, row, plan.Keys.Count + plan.Measures.Count))];
            Array.Sort(order, (left, right) => Compare(plan, rows[left], rows[right]));
        }

        return order;
    }

    /// <summary>By the declared order; ties by the remaining keys, ascending.</summary>
    private static int Compare(GroupedPlan plan, object?[] left, object?[] right) => Cells.CompareRows(left, right, plan.OrderBy);

    private static object?[] Read(GroupedPlan plan, RowBatch batch, int row, int columns = int.MaxValue)
    {
        columns = Math.Min(columns, plan.Result.Columns.Count);
        var cells = new object?[columns];
        for (int i = 0; i < columns; i++)
        {
            // The result leaves out the aggregates, which stand after the keys, and the windows, after the measures.
            int at = i < plan.Keys.Count ? i : i + plan.Aggregates.Count;
            at += i >= plan.Keys.Count + plan.Measures.Count ? plan.Windows.Count : 0;
            cells[i] = Cells.Read(batch.Columns[at], row, plan.Result.Columns[i], batch.Texts);
        }

        return cells;
    }

    private static void Fill(GroupedPlan plan, WindowColumn window, Vector? argument, int[] order, Vector into)
    {
        into.Type = window.Type;
        into.IsWide = true;
        into.HasNulls = true;
        Array.Clear(into.Nulls);
        Int128 sum = 0;
        try
        {
            for (int i = 0; i < order.Length; i++)
            {
                int row = order[i];
                bool isNull = argument is not null && argument.IsNull(row);
                sum = checked(sum + (argument is null || isNull ? 0 : argument.Get(row)));
                switch (window.Kind)
                {
                    case WindowKind.Rank:
                        into.Wide[row] = i + 1;
                        break;
                    case WindowKind.Running:
                        into.Wide[row] = sum;
                        break;
                    case WindowKind.Previous:
                        bool hasPrevious = i > 0 && !argument!.IsNull(order[i - 1]);
                        into.Nulls[row] = !hasPrevious;
                        into.Wide[row] = hasPrevious ? argument!.Get(order[i - 1]) : 0;
                        break;
                }
            }
        }
        catch (OverflowException)
        {
            throw new MeasureException(plan.Definition.Name, "a sum over all rows needs more than 128 bits");
        }

        if (window.Kind == WindowKind.Total)
        {
            Array.Fill(into.Wide, sum, 0, order.Length);
        }
    }
}
