using System.Text.Json;
using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>What the page about data quality shows: the quality report of a pipeline's last run, and the scores of those before.</summary>
internal sealed class QualityPage(PipelineCatalog catalog, ResultSources sources, RunPlaces places, JobDatabase jobs)
{
    private const string Report = "quality.json";
    private const int LastRuns = 50;

    public Task WriteAsync(HttpContext context)
    {
        PipelineDefinition[] pipelines = [.. catalog.Names.Select(catalog.TryLoad).OfType<PipelineDefinition>()];
        string? asked = context.Request.Query["pipeline"] is [{ Length: > 0 } name] ? name : null;
        PipelineDefinition? pipeline = asked is not null
            ? pipelines.FirstOrDefault(one => one.Name == asked)
            : pipelines.FirstOrDefault(one => sources.Find(one, null) is not null) ?? pipelines.FirstOrDefault();
        if (asked is not null && pipeline is null)
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no such pipeline", "pipeline_not_found");
        }

        ResultSource? source = pipeline is null ? null : sources.Find(pipeline, null);
        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("pipelines");
            foreach (PipelineDefinition one in pipelines)
            {
                writer.WriteStartObject();
                writer.WriteString("name", one.Name);
                writer.WriteString("title", one.Title);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("pipeline", pipeline?.Name);
            writer.WriteString("run_id", source?.RunId);
            if (source is not null && ReportOf(source) is { } report)
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(report));
                writer.WritePropertyName("report");
                document.RootElement.WriteTo(writer);
            }

            writer.WriteStartArray("history");
            foreach (RunManifest run in pipeline is null ? [] : places.Newest(pipeline.Name, LastRuns).Where(run => run.Status == RunStatus.Completed).Reverse())
            {
                writer.WriteStartObject();
                writer.WriteString("run_id", run.RunId);
                writer.WriteString("at", WireTime.Of(run.Started));
                writer.WriteNumber("score", RunFigures.Score(run, jobs.OfRun(run.RunId)));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>The report lies with what was published, or, where results are of many runs, with the run.</summary>
    private static string? ReportOf(ResultSource source) =>
        new[] { Path.Combine(source.Folder, Report), Path.Combine(source.Home.Run(source.RunId), Report) }.FirstOrDefault(File.Exists);
}
