using Assay.Data;
using Assay.Measure.Memory;
using Assay.Measure.Memory.Joins;

namespace Assay.Measure;

/// <summary>What one worker keeps of all KPIs during one pass over the rows.</summary>
public sealed class MeasureWorker
{
    private readonly KpiState?[] _states;
    private readonly WorkerJoins? _joins;
    private readonly JoinedRows?[]? _joined;

    internal MeasureWorker(KpiState?[] states, WorkerJoins? joins = null, JoinedRows?[]? joined = null)
    {
        _states = states;
        _joins = joins;
        _joined = joined;
    }

    internal IReadOnlyList<KpiState?> States => _states;

    /// <summary>Adds a batch of clean rows.</summary>
    /// <param name="batch">The rows; they are not kept.</param>
    /// <exception cref="MeasureException">A KPI cannot be computed on them.</exception>
    public void Add(RowBatch batch)
    {
        _joins?.Begin();
        for (int i = 0; i < _states.Length; i++)
        {
            try
            {
                _states[i]?.Add(_joined?[i]?.Of(batch) ?? batch);
            }
            catch (OverflowException)
            {
                throw new MeasureException(_states[i]!.Kpi, "a sum needs more than 128 bits, or a key more than 64");
            }
        }
    }
}
