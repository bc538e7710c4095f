using Assay.Data;
using Assay.Measure.Memory;

namespace Assay.Measure;

/// <summary>What one worker keeps of all KPIs during one pass over the rows.</summary>
public sealed class MeasureWorker
{
    private readonly KpiState?[] _states;

    internal MeasureWorker(KpiState?[] states) => _states = states;

    internal IReadOnlyList<KpiState?> States => _states;

    /// <summary>Adds a batch of clean rows.</summary>
    /// <param name="batch">The rows; they are not kept.</param>
    /// <exception cref="MeasureException">A KPI cannot be computed on them.</exception>
    public void Add(RowBatch batch)
    {
        foreach (KpiState? state in _states)
        {
            try
            {
                state?.Add(batch);
            }
            catch (OverflowException)
            {
                throw new MeasureException(state!.Kpi, "a sum needs more than 128 bits, or a key more than 64");
            }
        }
    }
}
