using System.Diagnostics;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>How a run stands, as people see it: what its manifest says, but for a run whose process is gone.</summary>
internal static class RunState
{
    /// <summary>The name of a run that was killed, or whose machine was.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The processes' clock is coarser than the manifest's.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The run's status, or <see cref="Interrupted"/>.</summary>
    public static string Of(RunManifest run) =>
        run.Status == RunStatus.Running && !IsAlive(run) ? Interrupted : run.Status.Name();

    /// <summary>How long a run took; of one under way, how long so far; null when nobody knows.</summary>
    public static TimeSpan? Duration(RunManifest run, TimeProvider time) =>
        run.Finished is { } finished ? finished - run.Started
        : Of(run) == Interrupted ? null
        : time.GetUtcNow() - run.Started;

    private static bool IsAlive(RunManifest run)
    {
        try
        {
            using Process process = Process.GetProcessById(run.ProcessId);

            // The number may have been given to another process since.
            return process.StartTime.ToUniversalTime() <= run.Started.UtcDateTime + Tolerance;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // There is none of that number, or it ended just now. One that may not be looked at is another user's.
            return e is System.ComponentModel.Win32Exception;
        }
    }
}
