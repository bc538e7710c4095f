using Assay.App.Pipelines;
using Assay.App.Quarantine;
using Assay.App.Runs;
using Assay.Data;
using Assay.Read;
using Assay.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/quarantine/{run}/export</c> and <c>/replay</c>: rows that were set aside go out to be repaired, and come back as a job.</summary>
internal sealed class RepairEndpoints(RunPlaces places, JobDatabase jobs, JobDesk desk, JobAnswers answers, UploadReader uploads, KeyRing keys, ServerOptions options, SafeText safe)
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string FileField = "file";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead(
            "/quarantine/{run}/export",
            ExportAsync,
            "The records that a run set aside, as a CSV to edit: the raw values, personal data too, so it needs the role admin",
            new ApiParameter("table", "Only records of this table"),
            new ApiParameter("source", "Only records of this source"));
        routes.MapAction(
            HttpMethods.Post,
            "/quarantine/{run}/replay",
            ReplayAsync,
            "Loads repaired records, as the export wrote them: what passes goes into the clean rows and the results, what does not is set aside again")
            .WithMetadata(new FormBody(FileField))
            .DisableRequestTimeout();
    }

    private async Task ExportAsync(HttpContext context)
    {
        AuditedRead.Mark(context);
        if (!context.May(ApiRole.Admin, keys.IsNeeded))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "the export holds personal data, so it is given to a key of role admin only", "role_needed");
            return;
        }

        if (await FindAsync(context) is not { } found)
        {
            return;
        }

        var values = new RequestValues(context.Request.Query);
        using var log = new QuarantineLog(found.Home);
        try
        {
            QuarantinedRun[] runs = [.. log.Of(found.Pipeline).Where(one => one.RunId == found.Run.RunId)];
            if (new RepairExport(found.Home, found.Pipeline, context.RequestAborted).Make(runs, values.Text("source"), values.Text("table")) is not { } rows)
            {
                await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "no record of this run waits to be repaired", "nothing_to_repair");
                return;
            }

            await SendAsync(context, safe.Of(rows, ReplayFile.File), found.Run.RunId);
        }
        catch (Exception e) when (e is UsageException or RunException or ReadException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, safe.Of(e.Message), "cannot_export");
        }
    }

    private async Task ReplayAsync(HttpContext context)
    {
        IdempotencyKey? key = answers.KeyOf(context);
        if (await FindAsync(context) is not { } found || await answers.RefusedAsync(context, key))
        {
            return;
        }

        if (!QuarantinePage.CanReplay(found.Pipeline, found.Home))
        {
            await Problem.WriteAsync(
                context, StatusCodes.Status409Conflict, "this run kept no clean rows that repaired ones could go into; mend them in its input and run it again", "no_silver");
            return;
        }

        try
        {
            using UploadForm form = await uploads.ReceiveAsync(context);
            if (form.Files is not [var file])
            {
                await Problem.WriteAsync(context, [ValueFault.Missing("body", FileField)]);
                return;
            }

            PipelineDefinition pipeline = found.Pipeline with { KeepsBronze = true, KeepsSilver = true };
            string source = ReplaySource.Of(pipeline, file.Path, context.RequestAborted).Name;
            string id = desk.NewId();
            var folder = new JobFolder(options.Home, id);
            Directory.CreateDirectory(folder.Input);
            string name = "repaired.csv";
            File.Move(file.Path, Path.Combine(folder.Input, name));
            var request = new JobRequest
            {
                FileName = file.Label,
                FileSize = file.Bytes,
                Files = new Dictionary<string, string> { [source] = name },
                IsReplay = true,
                OfJob = found.Home.Root == options.Home.Root ? null : OwnerOf(found.Run),
            };
            await answers.AddedAsync(context, desk.Add(id, JobType.Replay, pipeline, request, context.Caller()?.Name, key));
        }
        catch (UploadException e)
        {
            await Problem.WriteAsync(context, e.Status, e.Message, e.ErrorType);
        }
        catch (Exception e) when (e is UsageException or RunException or ReadException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, safe.Of(e.Message), "bad_upload");
        }
    }

    private async Task<(PipelineDefinition Pipeline, AssayHome Home, RunManifest Run)?> FindAsync(HttpContext context)
    {
        if (places.Find(context.Path("run")) is not { } found)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Run not found", "run_not_found");
            return null;
        }

        return await answers.PipelineAsync(context, found.Run.Pipeline) is { } pipeline ? (pipeline, found.Home, found.Run) : null;
    }

    /// <summary>The job whose home a job's run is on: rows of a replay that were set aside again are still on the first one's.</summary>
    private string? OwnerOf(RunManifest run) => jobs.OfRun(run.RunId) is { } job ? JobRequest.Of(job).OfJob ?? job.Id : null;

    private static async Task SendAsync(HttpContext context, ResultTable rows, string runId)
    {
        using var output = new MemoryStream();
        CsvTable.Write(rows, output);
        context.Response.ContentType = Csv;
        context.Response.ContentLength = output.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{runId}-to-repair.csv\"";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(output.GetBuffer().AsMemory(0, (int)output.Length), context.RequestAborted);
        }
    }
}
