using Assay.App.Runs;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>Writes rows to a staging table of a database.</summary>
/// <param name="stage">The staging table.</param>
internal sealed class StageTarget(TableStage stage) : IRowTarget
{
    /// <summary>The rows written, once all are.</summary>
    public long Rows { get; private set; }

    public IRowTargetWorker Start(TextPool texts) => new Worker(stage.OpenWriter());

    public void End(IReadOnlyList<IRowTargetWorker> workers) => Rows = workers.Sum(worker => ((Worker)worker).Complete());

    private sealed class Worker(RowWriter writer) : IRowTargetWorker
    {
        public void Add(RowBatch rows) => writer.Add(rows);

        public long Complete() => writer.Complete();

        public void Dispose() => writer.Dispose();
    }
}
