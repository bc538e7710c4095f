namespace Assay.Store;

/// <summary>The stable names of run statuses.</summary>
public static class RunStatuses
{
    /// <summary>The name of a status, as manifests and the command line write it.</summary>
    /// <param name="status">The status.</param>
    /// <returns>For example <c>checks_failed</c>.</returns>
    public static string Name(this RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.ChecksFailed => "checks_failed",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
