using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/jobs</c>: lists jobs, stops them, tries them again, forgets them.</summary>
internal sealed class JobEndpoints(JobDatabase jobs, JobDesk desk, JobJson json, JobAnswers answers, KeyRing keys)
{
    private const int MostJobs = 100;
    private const int JobsUnlessGiven = 50;
    private const int MostRemembered = 100;

    /// <summary>How long a list is told again, if no job came, ended or went: what its running jobs have read by then may be this old.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, (long Version, long At, byte[] List)> _lists = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead(
            "/jobs",
            ListAsync,
            "Lists jobs, the newest first",
            new ApiParameter("status", "Only jobs in this state: queued, processing, completed, failed, cancelled"),
            new ApiParameter("type", "Only jobs of this type, such as upload"),
            JobParameters.Pipeline,
            new ApiParameter("limit", "How many at most") { Least = 1, Most = MostJobs },
            new ApiParameter("cursor", "The next_cursor of the page before"));
        routes.MapAction(HttpMethods.Delete, "/jobs/{id}", DeleteAsync, "Forgets a job and removes its files; one that runs is stopped first");
        routes.MapAction(HttpMethods.Post, "/jobs/{id}/cancel", CancelAsync, "Stops a job");
        routes.MapAction(HttpMethods.Post, "/jobs/{id}/retry", RetryAsync, "Puts a job that failed or was cancelled into the queue again");
    }

    private async Task ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request.Query);
        int limit = (int)(values.Number("limit", 1, MostJobs) ?? JobsUnlessGiven);
        long? before = values.Number("cursor", 1, long.MaxValue);
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        string asked = context.Request.QueryString.Value ?? "";
        long version = jobs.Version;
        if (!_lists.TryGetValue(asked, out (long Version, long At, byte[] List) known) || known.Version != version || Stopwatch.GetElapsedTime(known.At) > Memory)
        {
            if (_lists.Count >= MostRemembered)
            {
                _lists.Clear();
            }

            _lists[asked] = known = (version, Stopwatch.GetTimestamp(), List(values, limit, before));
        }

        await Json.WriteAsync(context, known.List);
    }

    private byte[] List(RequestValues values, int limit, long? before)
    {
        string? status = values.Text("status");
        JobStatus? known = status is null ? null : WireStatus.Of(status);
        var filter = new JobFilter(known, values.Text("type"), values.Text(JobParameters.PipelineName));
        bool isNone = status is not null && known is null;
        JobPage page = jobs.Page(filter, isNone ? 0 : limit + 1, before);
        return Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("jobs");
            foreach (JobEntry job in page.Jobs.Take(limit))
            {
                json.Write(writer, job, withSummary: false);
            }

            writer.WriteEndArray();
            writer.WriteNumber("total_count", page.Total);
            writer.WriteNumber("filtered_count", isNone ? 0 : page.Matching);
            writer.WriteStartObject("counts");
            foreach (JobStatus state in WireStatus.All)
            {
                writer.WriteNumber(WireStatus.Of(state), page.Counts[state]);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("next_cursor");
            if (page.Jobs.Count > limit)
            {
                writer.WriteStringValue(page.Jobs[limit - 1].Number.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
        });
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (await OwnAsync(context) is not { } job)
        {
            return;
        }

        if (!await desk.DeleteAsync(job.Id))
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "the job was told to end, and has not ended yet; try again", "job_running", job.Id);
            return;
        }

        await Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message", $"Job {job.Id} and associated files deleted successfully");
            writer.WriteEndObject();
        });
    }

    private async Task CancelAsync(HttpContext context)
    {
        if (await OwnAsync(context) is not { } job)
        {
            return;
        }

        if (job.IsEnded)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"the job is {WireStatus.Of(job.Status)} already", "job_ended", job.Id);
            return;
        }

        JobEntry? now = await desk.CancelAsync(job.Id);
        await (now is null ? Problem.NoJobAsync(context, job.Id) : Json.WriteAsync(context, writer => json.Write(writer, now, withSummary: true)));
    }

    private async Task RetryAsync(HttpContext context)
    {
        if (await OwnAsync(context) is not { } job)
        {
            return;
        }

        if (desk.IsClosed)
        {
            await JobAnswers.ClosedAsync(context);
            return;
        }

        switch (desk.Retry(job))
        {
            case JobAdditionOutcome.Added:
                await Json.WriteAsync(context, writer => json.Write(writer, jobs.Find(job.Id) ?? job, withSummary: true));
                break;
            case JobAdditionOutcome.QueueFull:
                await answers.AddedAsync(context, new JobAddition(JobAdditionOutcome.QueueFull, job.Id));
                break;
            default:
                await Problem.WriteAsync(
                    context, StatusCodes.Status409Conflict, "only a job that failed or was cancelled, and whose input is there, can be tried again", "cannot_retry", job.Id);
                break;
        }
    }

    /// <summary>The job that is asked for, if the caller may change it: it is their own, or they are an admin. Otherwise the answer says why not.</summary>
    private async Task<JobEntry?> OwnAsync(HttpContext context)
    {
        string id = context.Path("id");
        AuditedJob.Set(context, id);
        if (jobs.Find(id) is not { } job)
        {
            await Problem.NoJobAsync(context, id);
            return null;
        }

        if (job.Owner != context.Caller()?.Name && !context.May(ApiRole.Admin, keys.IsNeeded))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "this job is another's; a key of role admin may change it", "not_owner", id);
            return null;
        }

        return job;
    }
}
