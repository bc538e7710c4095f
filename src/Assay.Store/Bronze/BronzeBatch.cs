namespace Assay.Store;

/// <summary>The batch that files are landed for.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="RunId">The run.</param>
/// <param name="Batch">The batch's number.</param>
/// <param name="At">When the run began, in UTC; all its files carry it.</param>
/// <param name="Day">The day whose folder they go to.</param>
public sealed record BronzeBatch(string Pipeline, string RunId, long Batch, DateTimeOffset At, DateOnly Day);
