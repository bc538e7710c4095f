namespace Assay.Store;

/// <summary>How far a job has come.</summary>
public enum JobStatus
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is being done.</summary>
    Running,

    /// <summary>It is done, and its outputs are complete.</summary>
    Completed,

    /// <summary>It could not be done; its entry says why.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}
