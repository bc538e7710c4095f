using Assay.Data;

namespace Assay.App.Runs;

/// <summary>Takes the clean rows of one worker.</summary>
internal interface IRowTargetWorker : IDisposable
{
    /// <summary>Takes rows.</summary>
    /// <param name="rows">The rows; they are not kept.</param>
    void Add(RowBatch rows);
}
