using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>POST /run-pipeline</c> and <c>POST /run-large-scale-test</c>: run a pipeline, on input that is generated unless it has some.</summary>
internal sealed class RunEndpoints(JobDesk desk, JobAnswers answers)
{
    private const long LeastRows = 100;
    private const long MostRows = 1_000_000;
    private const long Rows = 10_000;
    private const long LeastLarge = 10_000;
    private const long MostLarge = 10_000_000;
    private const long Large = 100_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapAction(
            HttpMethods.Post,
            "/run-pipeline",
            context => RunAsync(context, JobType.Run, LeastRows, MostRows, Rows),
            "Runs a pipeline: on its own sources if they name files, else on generated input",
            JobParameters.Rows(LeastRows, MostRows),
            JobParameters.ChunkSize,
            JobParameters.Pipeline,
            JobParameters.KeepSilver);
        routes.MapAction(
            HttpMethods.Post,
            "/run-large-scale-test",
            context => RunAsync(context, JobType.LargeRun, LeastLarge, MostLarge, Large),
            "Runs a pipeline on much generated input",
            JobParameters.Rows(LeastLarge, MostLarge),
            JobParameters.Pipeline,
            JobParameters.KeepSilver);
    }

    private async Task RunAsync(HttpContext context, string type, long least, long most, long rowsUnlessGiven)
    {
        var values = new RequestValues(context.Request.Query);
        long? rows = values.Number(JobParameters.RowsName, least, most);
        long? chunkSize = type == JobType.Run ? values.Number(JobParameters.ChunkSizeName, JobParameters.LeastChunk, JobParameters.MostChunk) : null;
        bool? keepSilver = values.Flag(JobParameters.KeepSilverName);
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        IdempotencyKey? key = answers.KeyOf(context);
        if (await answers.RefusedAsync(context, key) || await answers.PipelineAsync(context, values.Text(JobParameters.PipelineName)) is not { } pipeline)
        {
            return;
        }

        bool isGenerated = !pipeline.KeepsSilver && (rows is not null || type == JobType.LargeRun || pipeline.Sources.All(source => source.Path.Length == 0));
        if (!isGenerated && (rows is not null || type == JobType.LargeRun))
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"'{pipeline.Name}' keeps what it loads, and generated rows are never mixed with others; leave {JobParameters.RowsName} out to run it on its sources",
                "rows_refused");
            return;
        }

        if (isGenerated && pipeline.Sources.Any(source => source.Sample is null))
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status400BadRequest, $"'{pipeline.Name}' has a source that declares no sample; send its files to /upload", "no_sample");
            return;
        }

        long? generated = isGenerated ? rows ?? rowsUnlessGiven : null;
        var request = new JobRequest
        {
            FileName = NameOf(type, pipeline, generated),
            Rows = generated,
            ChunkSize = (int)(chunkSize ?? JobRequest.DefaultChunkSize),
            KeepsSilver = (keepSilver ?? true) && !pipeline.KeepsSilver,
        };
        await answers.AddedAsync(context, desk.Add(desk.NewId(), type, pipeline, request, context.Caller()?.Name, key));
    }

    private static string NameOf(string type, PipelineDefinition pipeline, long? rows) => rows is null
        ? string.Join(", ", pipeline.Sources.Select(source => source.Name))
        : FormattableString.Invariant($"{(type == JobType.LargeRun ? "large_scale_test" : "generated_data")}_{rows}_rows.csv");
}
