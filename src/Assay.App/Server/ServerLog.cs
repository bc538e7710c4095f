using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>What the server logs.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "listening on {Address}; data in {Home}; jobs at once: {MaxJobs}")]
    public static partial void Listening(ILogger log, string address, string home, int maxJobs);

    [LoggerMessage(2, LogLevel.Warning, "the process before this one left jobs running: {Queued} wait again, {Failed} were begun too often and failed")]
    public static partial void TakenUp(ILogger log, int queued, int failed);

    [LoggerMessage(3, LogLevel.Information, "job {JobId} of {Pipeline} began, attempt {Attempt}")]
    public static partial void Started(ILogger log, string jobId, string pipeline, int attempt);

    [LoggerMessage(4, LogLevel.Information, "job {JobId} is {Status} after {Seconds:0.000} s")]
    public static partial void Ended(ILogger log, string jobId, JobStatus status, double seconds);

    [LoggerMessage(5, LogLevel.Warning, "job {JobId} failed: {Error}")]
    public static partial void Failed(ILogger log, string jobId, string error);

    [LoggerMessage(6, LogLevel.Error, "job {JobId} ended for a reason that nobody foresaw")]
    public static partial void JobBroke(ILogger log, string jobId, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "the jobs' database failed")]
    public static partial void DatabaseFailed(ILogger log, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "job {JobId} did not end in time and is put back into the queue")]
    public static partial void PuttingBack(ILogger log, string jobId);

    [LoggerMessage(9, LogLevel.Information, "ending: no more jobs are begun")]
    public static partial void NoMoreJobs(ILogger log);

    [LoggerMessage(10, LogLevel.Error, "{Method} {Path} broke")]
    public static partial void RequestBroke(ILogger log, string method, string path, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "what ended jobs left could not be removed: {Reason}")]
    public static partial void NotRemoved(ILogger log, string reason);

    [LoggerMessage(12, LogLevel.Information, "{Count} jobs of an earlier server were taken in from {Place}")]
    public static partial void Imported(ILogger log, int count, string place);

    [LoggerMessage(13, LogLevel.Warning, "{Place} cannot be read and is passed over: {Reason}")]
    public static partial void NotImported(ILogger log, string place, string reason);

    [LoggerMessage(15, LogLevel.Error, "the end of job {JobId} could not be written down; the next start takes it up again")]
    public static partial void EndNotWritten(ILogger log, string jobId);

    [LoggerMessage(14, LogLevel.Error, "the audit log cannot be written")]
    public static partial void AuditFailed(ILogger log, Exception exception);
}
