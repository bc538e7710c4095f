using System.Text.Json;
using Assay.App.Generate;
using Assay.App.Pipelines;
using Assay.App.Plans;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.Read;
using Assay.Refine;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/pipelines</c>: what there is to run, how it is defined, how it went, and what a run would do.</summary>
internal sealed class PipelineEndpoints(PipelineCatalog catalog, RunPlaces places, JobAnswers answers, ServerOptions options, SafeText safe)
{
    private const int LastRuns = 10;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/pipelines", ListAsync, "The pipelines, each with its last run");
        routes.MapRead("/pipelines/{name}", ShowAsync, "A pipeline's definition and last runs");
        routes.MapRead("/pipelines/{name}/plan", PlanAsync, "What a run would do now; nothing is written");
    }

    private Task ListAsync(HttpContext context) => Json.WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("default", catalog.Default);
        writer.WriteStartArray("pipelines");
        foreach (string name in catalog.Names)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            try
            {
                PipelineDefinition pipeline = catalog.Load(name);
                Head(writer, pipeline);
                Runs(writer, "last_runs", pipeline.Name, 1);
            }
            catch (DefinitionException e)
            {
                writer.WriteString("error", safe.Of(string.Join("; ", e.Errors)));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private async Task ShowAsync(HttpContext context)
    {
        if (await answers.PipelineAsync(context, context.Path("name")) is not { } pipeline)
        {
            return;
        }

        await Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", pipeline.Name);
            Head(writer, pipeline);
            writer.WriteString("description", pipeline.Description);
            writer.WriteString("time_zone", pipeline.TimeZone.Id);
            writer.WriteString("configuration_hash", pipeline.Hash);
            writer.WriteStartArray("sources");
            foreach (SourceDefinition source in pipeline.Sources)
            {
                writer.WriteStartObject();
                writer.WriteString("name", source.Name);
                writer.WriteString("format", source.Format);
                writer.WriteBoolean("has_sample", source.Sample is not null);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            Tables(writer, pipeline);
            Runs(writer, "last_runs", pipeline.Name, LastRuns);
            writer.WriteEndObject();
        });
    }

    private async Task PlanAsync(HttpContext context)
    {
        if (await answers.PipelineAsync(context, context.Path("name")) is not { } pipeline)
        {
            return;
        }

        using var output = new MemoryStream();
        try
        {
            PlanJson.Write(new RunPlanner(pipeline, new RunOptions { Home = options.Home, Time = options.Time }).Plan(context.RequestAborted), output);
        }
        catch (Exception e) when (e is ReadException or RunException or GenerateException or DefinitionException or StoreException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, safe.Of(e.Message), "cannot_plan");
            return;
        }

        context.Response.ContentType = Json.ContentType;
        await context.Response.WriteAsync(safe.Of(System.Text.Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length))), context.RequestAborted);
    }

    private static void Head(Utf8JsonWriter writer, PipelineDefinition pipeline)
    {
        writer.WriteString("title", pipeline.Title);
        writer.WriteBoolean("keeps_layers", pipeline.KeepsSilver);
        writer.WriteString("engine", pipeline.Engine);
        writer.WriteStartArray("kpis");
        foreach (var kpi in pipeline.Kpis)
        {
            writer.WriteStartObject();
            writer.WriteString("name", kpi.Name);
            writer.WriteString("title", kpi.Title);
            writer.WriteString("table", kpi.From);
            writer.WriteString("chart", kpi.Chart);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Tables(Utf8JsonWriter writer, PipelineDefinition pipeline)
    {
        writer.WriteStartArray("tables");
        foreach (TableDefinition table in pipeline.Tables)
        {
            writer.WriteStartObject();
            writer.WriteString("name", table.Name);
            writer.WriteString("source", table.From);
            writer.WriteStartArray("key");
            foreach (string column in table.Key)
            {
                writer.WriteStringValue(column);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("columns");
            foreach (ColumnDefinition column in table.Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type.ToString());
                writer.WriteBoolean("required", column.Required);
                writer.WriteString("pii", column.Pii);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Runs(Utf8JsonWriter writer, string name, string pipeline, int limit)
    {
        writer.WriteStartArray(name);
        foreach (RunManifest run in places.Newest(pipeline, limit))
        {
            RunJson.Write(writer, run, options.Time, safe);
        }

        writer.WriteEndArray();
    }
}
