using System.IO.Compression;
using System.Text;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary>The files that a job came to: <c>/download/{id}</c> by what they are called in the API, <c>/job-data/{id}/{filename}</c> by their names.</summary>
internal sealed class DownloadEndpoints(JobDatabase jobs, ServerOptions options)
{
    private const string Binary = "application/octet-stream";
    private const string NotOnDisk = "File not found on disk";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/download/{id}", DownloadAsync, "One file of a completed job, or all as a zip", new ApiParameter("file_type", "Which file; left out, all of them")).DisableRequestTimeout();
        routes.MapRead("/job-data/{id}/{filename}", DataAsync, "A file of a completed job by its name");
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (await CompletedAsync(context) is not { } job)
        {
            return;
        }

        IReadOnlyList<KeyValuePair<string, string>> files = JobFiles.Of(job, new JobFolder(options.Home, job.Id));
        if (context.Request.Query["file_type"] is not { Count: > 0 } given)
        {
            await ZipAsync(context, job, files);
            return;
        }

        string type = given[^1] ?? "";
        string? path = files.FirstOrDefault(file => file.Key == type).Value;
        if (path is null)
        {
            string known = string.Join(", ", files.Select(file => $"'{file.Key}'"));
            await Problem.WriteAsync(
                context, StatusCodes.Status404NotFound, $"File type '{FileLabel.Of(type)}' not found. Available types: [{known}]", "file_type_not_found", job.Id);
            return;
        }

        await SendAsync(context, job, path, Binary, $"{job.Id}_{type}{Path.GetExtension(path)}");
    }

    private async Task DataAsync(HttpContext context)
    {
        if (await CompletedAsync(context) is not { } job)
        {
            return;
        }

        // The name is looked for among those of the files that there are, so it cannot lead elsewhere.
        string name = context.Path("filename");
        var folder = new JobFolder(options.Home, job.Id);
        string? path = JobFiles.In(folder).FirstOrDefault(file => Path.GetFileName(file) == name);
        if (path is null)
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status404NotFound, $"File {FileLabel.Of(name)} not found for job {job.Id}", "file_not_found", job.Id);
            return;
        }

        await SendAsync(context, job, path, "text/csv; charset=utf-8", null);
    }

    /// <summary>The job that is asked for; when it is not completed, the answer says so and there is none.</summary>
    private async Task<JobEntry?> CompletedAsync(HttpContext context)
    {
        string id = context.Path("id");
        JobEntry? job = jobs.Find(id);
        if (job is null)
        {
            await Problem.NoJobAsync(context, id);
            return null;
        }

        if (job.Status != JobStatus.Completed)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Job not completed yet", "job_not_completed", id);
            return null;
        }

        return job;
    }

    private static async Task SendAsync(HttpContext context, JobEntry job, string path, string contentType, string? name)
    {
        if (!File.Exists(path))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, NotOnDisk, "file_not_found", job.Id);
            return;
        }

        await Results.File(path, contentType, name, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static async Task ZipAsync(HttpContext context, JobEntry job, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        if (files.Count == 0 || !files.All(file => File.Exists(file.Value)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, NotOnDisk, "file_not_found", job.Id);
            return;
        }

        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{job.Id}.zip\"";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using var zip = await ZipArchive.CreateAsync(
            context.Response.BodyWriter.AsStream(), ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, context.RequestAborted);
        foreach (string path in files.Select(file => file.Value))
        {
            ZipArchiveEntry entry = zip.CreateEntry(Path.GetFileName(path), CompressionLevel.Fastest);
            // The same job gives the same bytes.
            entry.LastWriteTime = job.EndedAt ?? job.CreatedAt;
            await using Stream target = await entry.OpenAsync(context.RequestAborted);
            await using FileStream source = File.OpenRead(path);
            await source.CopyToAsync(target, context.RequestAborted);
        }
    }
}
