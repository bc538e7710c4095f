using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>What one worker keeps of one KPI while rows stream by.</summary>
internal abstract class KpiState(KpiPlan plan, RowWindow? window, VectorEvaluator evaluator)
{
    /// <summary>The KPI's name.</summary>
    public string Kpi { get; } = plan.Definition.Name;

    /// <summary>Evaluates the state's expressions; it keeps room for each it has met.</summary>
    protected VectorEvaluator Evaluator { get; set; } = evaluator;

    /// <summary>Whether the KPI's window or condition leaves rows out.</summary>
    protected bool IsSelective { get; } = plan.Where is not null || window is not null;

    /// <summary>Adds a batch of rows.</summary>
    public abstract void Add(RowBatch batch);

    /// <summary>Adds what another worker kept of the same KPI.</summary>
    public abstract void Merge(KpiState other);

    /// <summary>Evaluates an expression that the run cannot go on without.</summary>
    /// <exception cref="MeasureException">A value needs more than 128 bits, or a date leaves the years 1 to 9999.</exception>
    protected Vector Evaluate(BoundExpression expression, RowBatch batch)
    {
        Vector value = Evaluator.Evaluate(expression, batch);
        return Evaluator.HasOverflow ? throw MeasureException.OutOfRange(plan.Definition.Name, expression, batch.Schema) : value;
    }

    /// <summary>Puts the rows that the KPI's window and condition leave out into group 0.</summary>
    protected void LeaveOut(RowBatch batch, int[] groups)
    {
        window?.LeaveOut(batch, groups);
        if (plan.Where is null)
        {
            return;
        }

        Vector keep = Evaluate(plan.Where, batch);
        for (int row = 0; row < batch.Count; row++)
        {
            if (keep.Values[row] == 0 || keep.IsNull(row))
            {
                groups[row] = 0;
            }
        }
    }
}
