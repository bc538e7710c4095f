using System.Text.Json;
using Assay.App.Runs;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>What a run's page shows: its books, how long its parts took, its checks and inputs.</summary>
internal sealed class RunPage(RunPlaces places, JobDatabase jobs, PipelineCatalog catalog, SafeText safe)
{
    public Task WriteAsync(HttpContext context) => WriteAsync(context, context.Path("run"));

    public Task WriteOfJobAsync(HttpContext context)
    {
        string id = context.Path("id");
        return jobs.Find(id) is not { } job ? Problem.NoJobAsync(context, id) : WriteAsync(context, job.RunId ?? "");
    }

    private Task WriteAsync(HttpContext context, string runId) => places.Find(runId) is not { } found
        ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, "nothing is kept of this run any more", "run_not_found")
        : Json.WriteAsync(context, writer => Write(writer, found.Run, jobs.OfRun(found.Run.RunId)));

    private void Write(Utf8JsonWriter writer, RunManifest run, JobEntry? job)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", run.RunId);
        writer.WriteString("pipeline", run.Pipeline);
        writer.WriteString("job", job?.Id);
        writer.WriteString("title", catalog.Has(run.Pipeline) ? catalog.TitleOf(run.Pipeline) : run.Pipeline);
        writer.WriteString("status", RunState.Of(run));
        writer.WriteString("engine", run.Engine);
        writer.WriteString("started", WireTime.Of(run.Started));
        writer.WriteString("finished", run.Finished is { } finished ? WireTime.Of(finished) : null);
        writer.WriteNumber("rows_per_second", run.RowsPerSecond);
        writer.WriteNumber("peak_memory_bytes", run.PeakMemoryBytes);
        writer.WriteString("error", run.Error is { } error ? safe.Of(error) : null);
        writer.WriteStartArray("books");
        foreach ((string table, RunBooks books) in run.Books)
        {
            writer.WriteStartObject();
            writer.WriteString("table", table);
            writer.WriteBooks(books);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("timings");
        foreach (RunTiming timing in run.Timings)
        {
            writer.WriteStartObject();
            writer.WriteString("step", timing.Stage);
            writer.WriteNumber("seconds", timing.Seconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("checks");
        foreach (CheckOutcome check in run.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("table", check.Table);
            writer.WriteString("name", check.Name);
            writer.WriteString("severity", check.Severity == CheckSeverity.Warn ? "warn" : "error");
            writer.WriteBoolean("holds", check.Holds);
            writer.WriteString("observed", check.Observed);
            writer.WriteString("expected", check.Expected);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("inputs");
        foreach (RunInput input in run.Inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", InputLabels.Of(job, safe.Of(input.Path)));
            if (input.Bytes is { } bytes)
            {
                writer.WriteNumber("bytes", bytes);
            }

            writer.WriteBoolean("seen", input.Seen == true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
