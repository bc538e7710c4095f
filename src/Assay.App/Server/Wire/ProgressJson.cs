using System.Text.Json;

namespace Assay.App.Server;

/// <summary>How far a running job has come, as clients are told: its stage, what it read, how fast, and how long it may still take.</summary>
/// <param name="job">The job.</param>
internal sealed class ProgressJson(RunningJob job)
{
    /// <summary>Writes it as an object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        (long done, long? total) = job.Progress.Bytes();
        long rows = job.Progress.Rows;
        double seconds = job.Elapsed.TotalSeconds;
        writer.WriteStartObject();
        writer.WriteString("stage", job.Progress.Stage);
        writer.WriteNumber("rows", rows);
        writer.WriteNumber("rejects", job.Progress.Rejected);
        writer.WriteNumber("bytes", done);
        if (total is { } known)
        {
            writer.WriteNumber("total_bytes", known);
        }

        writer.WriteNumber("elapsed_seconds", Math.Round(seconds, 3));
        writer.WriteNumber("rows_per_second", Math.Round(rows / Math.Max(job.Progress.StageElapsed.TotalSeconds, 0.001)));
        (long part, long? whole) = job.Progress.Pages?.Invoke() ?? (done, total);
        if (whole is > 0 && part > 0)
        {
            double stage = job.Progress.StageElapsed.TotalSeconds;
            writer.WriteNumber("remaining_seconds", Math.Round(Math.Max(0, stage * (whole.Value - part) / part), 1));
        }

        writer.WriteEndObject();
    }
}
