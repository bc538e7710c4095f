using Assay.Data;
using Assay.Measure;

namespace Assay.App.Runs;

/// <summary>Adds rows to KPIs that are computed in memory.</summary>
/// <param name="measures">The KPIs.</param>
/// <param name="pass">1 or 2.</param>
internal sealed class MeasureTarget(MeasureRun measures, int pass) : IRowTarget
{
    public IRowTargetWorker Start(TextPool texts) => new Worker(measures.StartWorker(pass, texts));

    public void End(IReadOnlyList<IRowTargetWorker> workers) => measures.EndPass([.. workers.Select(worker => ((Worker)worker).Measures)]);

    private sealed class Worker(MeasureWorker measures) : IRowTargetWorker
    {
        public MeasureWorker Measures => measures;

        public void Add(RowBatch rows) => measures.Add(rows);

        public void Dispose()
        {
            // What it holds lives on in the merged result.
        }
    }
}
