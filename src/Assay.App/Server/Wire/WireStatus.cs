using Assay.Store;

namespace Assay.App.Server;

/// <summary>The states of jobs in the words that clients know.</summary>
internal static class WireStatus
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobStatus> All { get; } = Enum.GetValues<JobStatus>();

    public static string Of(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "processing",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
        _ => "cancelled",
    };

    /// <summary>The state of a word; null when it is none's. The word of the database is understood, too.</summary>
    public static JobStatus? Of(string text) => text == "running"
        ? JobStatus.Running
        : All.Where(status => Of(status) == text).Select(status => (JobStatus?)status).FirstOrDefault();
}
