using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>The rows that a KPI looks at by time: those after one moment and not after another, in the cells of their column.</summary>
internal sealed class RowWindow
{
    private readonly string _kpi;
    private readonly int _column;
    private readonly long _after;
    private readonly long _upTo;
    private readonly bool _isKnown;

    private RowWindow(string kpi, int column, long after, long upTo, bool isKnown)
    {
        _kpi = kpi;
        _column = column;
        _after = after;
        _upTo = upTo;
        _isKnown = isKnown;
    }

    /// <summary>Makes the window of a KPI in a run; null when it looks at all rows.</summary>
    public static RowWindow? Of(KpiPlan plan, MeasureInputs inputs)
    {
        if (plan.Definition.Last is not { } last)
        {
            return null;
        }

        int column = plan.Rows.Own.IndexOf(last.Column);
        return inputs.AsOf.TryGetValue(plan.Definition.Name, out long upTo)
            ? new RowWindow(plan.Definition.Name, column, Start(last, plan.Rows.Own.Columns[column].Type, upTo), upTo, isKnown: true)
            : new RowWindow(plan.Definition.Name, column, 0, 0, isKnown: false);
    }

    /// <summary>Puts the rows outside of the window into group 0.</summary>
    /// <exception cref="MeasureException">The rows have moments, but the run was not told the window's end.</exception>
    public void LeaveOut(RowBatch batch, int[] groups)
    {
        Vector moments = batch.Column(_column);
        for (int row = 0; row < batch.Count; row++)
        {
            if (moments.IsNull(row))
            {
                groups[row] = 0;
                continue;
            }

            if (!_isKnown)
            {
                throw new MeasureException(_kpi, "it looks at the last rows, and was not told as of when");
            }

            long moment = moments.Values[row];
            if (moment <= _after || moment > _upTo)
            {
                groups[row] = 0;
            }
        }
    }

    /// <summary>The moment that the window begins after; the earliest there is when that would be before the calendar begins.</summary>
    public static long Start(LastWindow last, ColumnType type, long upTo)
    {
        (string unit, long count) = last.Unit switch
        {
            LastUnit.Hour => ("hour", last.Count),
            LastUnit.Day => ("day", last.Count),
            LastUnit.Week => ("day", 7L * last.Count),
            _ => ("month", last.Count),
        };
        var schema = new Schema([new Column("as_of", type)]);
        BoundExpression start = ExpressionBinder.Bind(
            new CallExpression(0, "date_add", [
                LiteralExpression.String(unit), LiteralExpression.Number(-count, 0), new ColumnExpression(0, "as_of")]),
            schema);
        var batch = new RowBatch(schema, new TextPool(), 1) { Count = 1 };
        batch.Columns[0].Values[0] = upTo;
        Vector result = new VectorEvaluator(batch.Texts, 1).Evaluate(start, batch);
        return result.IsNull(0) ? long.MinValue : result.Values[0];
    }
}
