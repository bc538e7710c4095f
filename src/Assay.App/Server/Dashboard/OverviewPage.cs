using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>What the overview shows: the pipelines, the jobs, and how good and fast the last runs were.</summary>
internal sealed class OverviewPage(PipelineCatalog catalog, JobDatabase jobs, RunPlaces places, ResultSources sources, ServerOptions options, SafeText safe)
{
    private const int LastRuns = 30;

    public Task WriteAsync(HttpContext context)
    {
        IReadOnlyList<RunManifest> runs = places.Newest(null, LastRuns);
        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("pipelines");
            foreach (string name in catalog.Names)
            {
                Pipeline(writer, name);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("jobs");
            foreach (JobStatus status in Enum.GetValues<JobStatus>())
            {
                writer.WriteNumber(WireStatus.Of(status), jobs.Count(new JobFilter(status)));
            }

            writer.WriteEndObject();
            Points(writer, "quality", runs.Where(run => run.Status == RunStatus.Completed), run => RunFigures.Score(run, jobs.OfRun(run.RunId)));
            Points(writer, "throughput", runs.Where(run => run.RowsPerSecond > 0), run => (decimal)run.RowsPerSecond);
            writer.WriteEndObject();
        });
    }

    private void Pipeline(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        try
        {
            PipelineDefinition pipeline = catalog.Load(name);
            writer.WriteString("title", pipeline.Title);
            writer.WriteString("description", pipeline.Description);
            writer.WriteBoolean("is_default", name == catalog.Default);
            Sources(writer, pipeline);
            writer.WriteString("published_at", sources.Find(pipeline, null)?.Manifest?.Finished is { } published ? WireTime.Of(published) : null);
            writer.WritePropertyName("last_run");
            if (places.Newest(name, 1) is [var run])
            {
                Run(writer, run);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
        catch (DefinitionException e)
        {
            writer.WriteString("title", name);
            writer.WriteString("problem", safe.Of(string.Join("; ", e.Errors)));
        }

        writer.WriteEndObject();
    }

    /// <summary>What it takes to run it: files, made-up rows, or nothing but its API.</summary>
    private static void Sources(Utf8JsonWriter writer, PipelineDefinition pipeline)
    {
        writer.WriteStartArray("sources");
        foreach (SourceDefinition source in pipeline.Sources)
        {
            writer.WriteStartObject();
            writer.WriteString("name", source.Name);
            writer.WriteString("format", source.Format);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        bool hasSample = pipeline.Sources.All(source => source.Sample is not null);
        writer.WriteBoolean("has_sample", hasSample);

        // Where what was loaded is kept, its own sample is run: rows that were made up are never mixed with others.
        writer.WriteBoolean("makes_rows", hasSample && !pipeline.KeepsSilver);
    }

    private void Run(Utf8JsonWriter writer, RunManifest run)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", run.RunId);
        writer.WriteString("status", RunState.Of(run));
        writer.WriteString("started", WireTime.Of(run.Started));
        if (RunState.Duration(run, options.Time) is { } duration)
        {
            writer.WriteNumber("seconds", Math.Round(duration.TotalSeconds, 3));
        }

        writer.WriteNumber("read", run.Books.Values.Sum(books => books.Read));
        writer.WriteNumber("quarantined", run.Books.Values.Sum(books => books.Quarantined));
        if (run.Status == RunStatus.Completed)
        {
            writer.WriteNumber("score", RunFigures.Score(run, jobs.OfRun(run.RunId)));
        }

        writer.WriteEndObject();
    }

    private static void Points(Utf8JsonWriter writer, string name, IEnumerable<RunManifest> runs, Func<RunManifest, decimal> value)
    {
        writer.WriteStartArray(name);
        foreach (RunManifest run in runs.Reverse())
        {
            writer.WriteStartObject();
            writer.WriteString("pipeline", run.Pipeline);
            writer.WriteString("run_id", run.RunId);
            writer.WriteString("at", WireTime.Of(run.Started));
            writer.WriteNumber("value", value(run));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
