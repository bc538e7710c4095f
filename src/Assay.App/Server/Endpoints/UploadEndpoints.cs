using Assay.App.Pipelines;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>POST /upload</c>: takes a file and runs a pipeline on it.</summary>
internal sealed class UploadEndpoints(JobDesk desk, ServerOptions options, UploadReader uploads, JobAnswers answers)
{
    private const string Body = "body";
    private const string FileField = "file";

    public void Map(IEndpointRouteBuilder routes) => routes.MapAction(
        HttpMethods.Post,
        "/upload",
        UploadAsync,
        "Runs a pipeline on a file: multipart/form-data with the file in `file`, or with several, each in the field of its source's name",
        JobParameters.ChunkSize,
        JobParameters.Pipeline,
        JobParameters.KeepSilver)
        .WithMetadata(new FormBody(FileField))
        .DisableRequestTimeout();

    private async Task UploadAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request.Query);
        long? chunkSize = values.Number(JobParameters.ChunkSizeName, JobParameters.LeastChunk, JobParameters.MostChunk);
        bool? keepSilver = values.Flag(JobParameters.KeepSilverName);
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        IdempotencyKey? key = answers.KeyOf(context);
        if (await answers.RefusedAsync(context, key))
        {
            return;
        }

        try
        {
            using UploadForm form = await uploads.ReceiveAsync(context);
            // Clients of old send small numbers in the form, and were never refused for it: the number has no effect.
            if (form.Fields.TryGetValue(JobParameters.ChunkSizeName, out string? chunk))
            {
                chunkSize = values.Number(Body, JobParameters.ChunkSizeName, chunk, 1, JobParameters.MostChunk) ?? chunkSize;
            }

            if (form.Fields.TryGetValue(JobParameters.KeepSilverName, out string? keep))
            {
                keepSilver = values.Flag(Body, JobParameters.KeepSilverName, keep) ?? keepSilver;
            }

            if (form.Files.Count == 0)
            {
                values.Add(ValueFault.Missing(Body, FileField));
            }

            if (values.Faults.Count > 0)
            {
                await Problem.WriteAsync(context, values.Faults);
                return;
            }

            string? name = values.Text(JobParameters.PipelineName) ?? form.Fields.GetValueOrDefault(JobParameters.PipelineName);
            if (await answers.PipelineAsync(context, name) is { } pipeline)
            {
                await AddAsync(context, form, pipeline, (int)(chunkSize ?? JobRequest.DefaultChunkSize), keepSilver ?? true, key);
            }
        }
        catch (UploadException e)
        {
            await Problem.WriteAsync(context, e.Status, e.Message, e.ErrorType);
        }
    }

    private async Task AddAsync(HttpContext context, UploadForm form, PipelineDefinition pipeline, int chunkSize, bool keepSilver, IdempotencyKey? key)
    {
        string id = desk.NewId();
        var folder = new JobFolder(options.Home, id);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        List<(SourceDefinition Source, UploadedFile File)> given = [.. form.Files.Select(file => (SourceOf(pipeline, file), file))];
        foreach ((SourceDefinition source, UploadedFile file) in given)
        {
            UploadCheck.Name(source, file.Label);
            UploadCheck.Header(pipeline, source, file);
            if (!files.TryAdd(source.Name, $"{source.Name}.{source.Format}"))
            {
                throw new UploadException(StatusCodes.Status400BadRequest, "bad_upload", $"there are two files for `{source.Name}`; send one");
            }
        }

        Directory.CreateDirectory(folder.Input);
        foreach ((SourceDefinition source, UploadedFile file) in given)
        {
            File.Move(file.Path, Path.Combine(folder.Input, files[source.Name]));
        }

        var request = new JobRequest
        {
            FileName = form.Files[0].Label,
            FileSize = form.Files.Sum(file => file.Bytes),
            ChunkSize = chunkSize,
            KeepsSilver = keepSilver && !pipeline.KeepsSilver,
            Files = files,
        };
        JobAddition added = desk.Add(id, JobType.Upload, pipeline, request, context.Caller()?.Name, key);
        await answers.AddedAsync(context, added);
    }

    /// <summary>The source that a file is for: the one that its field names, else the pipeline's only one or its first.</summary>
    private static SourceDefinition SourceOf(PipelineDefinition pipeline, UploadedFile file) =>
        file.Field == FileField
            ? pipeline.Sources[0]
            : pipeline.Sources.FirstOrDefault(source => source.Name == file.Field) ?? throw new UploadException(
                StatusCodes.Status400BadRequest,
                "bad_upload",
                $"`{pipeline.Name}` has no source `{FileLabel.Of(file.Field)}`; send the file in `{FileField}`, or in the field of its source: {string.Join(", ", pipeline.Sources.Select(source => source.Name))}");
}
