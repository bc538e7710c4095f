namespace Assay.Store;

/// <summary>A batch that was committed.</summary>
/// <param name="Batch">Its number, ascending within the pipeline.</param>
/// <param name="RunId">The run that committed it.</param>
/// <param name="Kind">Where its rows came from.</param>
/// <param name="At">When it was committed, in UTC.</param>
public sealed record RunBatch(long Batch, string RunId, BatchKind Kind, DateTimeOffset At);
