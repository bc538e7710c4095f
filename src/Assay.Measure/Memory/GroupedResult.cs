using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>
/// Makes a KPI's result of its groups: measures, having, order, derived columns, segments, summary, rounding, limit. All
/// exact until the one rounding.
/// </summary>
internal static class GroupedResult
{
    public static KpiResult Make(GroupedPlan plan, IGroups source, MeasureInputs inputs)
    {
        if (plan.Definition.Fill is { } unit)
        {
            source.Fill(unit);
        }

        int groups = source.Count;
        var texts = new TextPool();
        var batch = new RowBatch(plan.Full, texts, Math.Max(groups, 1));
        var evaluator = new VectorEvaluator(texts, Math.Max(groups, 1));
        source.Write(batch);

        int next = plan.Keys.Count + plan.Aggregates.Count;
        foreach (OutputColumn measure in plan.Measures)
        {
            batch.Columns[next++] = Evaluate(plan, evaluator, measure.Value, batch);
        }

        batch = KeepHaving(plan, evaluator, batch, next);
        int[] order = [.. Enumerable.Range(0, batch.Count)];
        if (plan.Windows.Count > 0)
        {
            // Keys and measures exist by now, and windows run over the rows in their order.
            ResultOrder.Sort(order, Columns(plan, batch, plan.Keys.Count + plan.Measures.Count), plan.OrderBy, ExactKeys(plan, batch));
        }

        foreach (WindowColumn window in plan.Windows)
        {
            Vector? argument = window.Argument is null ? null : Evaluate(plan, evaluator, window.Argument, batch);
            Fill(plan, window, argument, order, batch.Columns[next++]);
        }

        foreach (OutputColumn derived in plan.Derive)
        {
            batch.Columns[next++] = Evaluate(plan, evaluator, derived.Value, batch);
        }

        ResultTotal? segments = null;
        if (plan.Definition.Segments is { } division)
        {
            int of = plan.Result.IndexOf(division.Of);
            var column = new ResultColumn(batch.Columns[plan.PlaceOf(of)], batch.Count, plan.Result.Columns[of], texts);
            segments = Segmentation.Assign(division, column, batch.Count, batch.Columns[next], texts);
        }

        ResultColumn[] columns = Columns(plan, batch, plan.Result.Columns.Count);
        ResultOrder.Sort(order, columns, plan.OrderBy, ExactKeys(plan, batch));
        List<ResultTotal> totals = [];
        if (plan.Totals is not null)
        {
            totals.AddRange(SummaryResult.Make(plan, batch, order, evaluator, inputs));
        }

        if (segments is not null && plan.Definition.Segments?.Total is not null)
        {
            totals.Add(segments);
        }

        List<object?[]> rows = [.. order.Take(plan.Definition.Limit ?? int.MaxValue)
            .Select(row => Array.ConvertAll(columns, column => column.Cell(row)))];
        var table = new ResultTable(plan.Definition.Name, plan.Definition.Title, plan.Result, rows) { Totals = totals };
        return new KpiResult(plan.Definition, table, totals);
    }

    /// <summary>Evaluates an expression that the run cannot go on without.</summary>
    /// <exception cref="MeasureException">A value needs more than 128 bits.</exception>
    internal static Vector Evaluate(KpiPlan plan, VectorEvaluator evaluator, BoundExpression expression, RowBatch batch)
    {
        Vector value = evaluator.Evaluate(expression, batch);
        return evaluator.HasOverflow
            ? throw MeasureException.OutOfRange(plan.Definition.Name, expression, batch.Schema)
            : value;
    }

    /// <summary>Copies the groups that are kept into a batch of their own: one vector may be two columns, so they cannot be cut in place.</summary>
    private static RowBatch KeepHaving(GroupedPlan plan, VectorEvaluator evaluator, RowBatch batch, int columns)
    {
        if (plan.Having is null)
        {
            return batch;
        }

        Vector keep = Evaluate(plan, evaluator, plan.Having, batch);
        int[] rows = [.. Enumerable.Range(0, batch.Count).Where(row => !keep.IsNull(row) && keep.Values[row] != 0)];
        var kept = new RowBatch(batch.Schema, batch.Texts, Math.Max(rows.Length, 1)) { Count = rows.Length };
        for (int i = 0; i < columns; i++)
        {
            Vector from = batch.Columns[i];
            Vector to = kept.Columns[i];
            to.Type = from.Type;
            to.IsWide = from.IsWide;
            to.HasNulls = from.HasNulls;
            for (int row = 0; row < rows.Length; row++)
            {
                to.Nulls[row] = from.IsNull(rows[row]);
                if (from.IsWide)
                {
                    to.Wide[row] = from.Wide[rows[row]];
                }
                else
                {
                    to.Values[row] = from.Values[rows[row]];
                }
            }
        }

        return kept;
    }

    private static ResultColumn[] Columns(GroupedPlan plan, RowBatch batch, int count) =>
        [.. plan.Result.Columns.Take(count).Select((column, i) => new ResultColumn(batch.Columns[plan.PlaceOf(i)], batch.Count, column, batch.Texts))];

    private static ResultColumn[] ExactKeys(GroupedPlan plan, RowBatch batch) =>
        [.. plan.Keys.Select((key, i) => new ResultColumn(batch.Columns[i], batch.Count, new Column(key.Name, key.Value.Type), batch.Texts))];

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
