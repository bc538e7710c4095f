using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/runs</c>: what ran, on the command line and as jobs, and how it went.</summary>
internal sealed class RunHistoryEndpoints(RunPlaces places, ServerOptions options, SafeText safe)
{
    private const int MostRuns = 100;
    private const int RunsUnlessGiven = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead(
            "/runs", ListAsync, "Lists runs, the newest first", JobParameters.Pipeline, new ApiParameter("limit", "How many at most") { Least = 1, Most = MostRuns });
        routes.MapRead("/runs/{run}", ShowAsync, "What is known about a run");
    }

    private async Task ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request.Query);
        int limit = (int)(values.Number("limit", 1, MostRuns) ?? RunsUnlessGiven);
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        IReadOnlyList<RunManifest> runs = places.Newest(values.Text(JobParameters.PipelineName), limit);
        await Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("runs");
            foreach (RunManifest run in runs)
            {
                RunJson.Write(writer, run, options.Time, safe);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private Task ShowAsync(HttpContext context) => places.Find(context.Path("run")) is { } found
        ? Json.WriteAsync(context, writer => RunJson.Write(writer, found.Run, options.Time, safe))
        : Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Run not found", "run_not_found");
}
