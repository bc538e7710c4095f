using Assay.Data;

namespace Assay.App.Runs;

/// <summary>Where a pass's clean rows go: into KPIs, or into a table of a database.</summary>
internal interface IRowTarget
{
    /// <summary>Starts one worker's part.</summary>
    /// <param name="texts">The pool of the worker's batches.</param>
    /// <returns>What takes its rows.</returns>
    IRowTargetWorker Start(TextPool texts);

    /// <summary>Ends the pass, when all rows of all workers are there.</summary>
    /// <param name="workers">All workers.</param>
    void End(IReadOnlyList<IRowTargetWorker> workers);
}
