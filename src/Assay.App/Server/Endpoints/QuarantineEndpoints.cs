using Assay.App.Quarantine;
using Assay.App.Reports;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Server;

/// <summary><c>/quarantine/{run}</c>: the rows that a run set aside, as JSON or CSV; personal data is masked.</summary>
internal sealed class QuarantineEndpoints(RunPlaces places, JobAnswers answers, KeyRing keys, SafeText safe)
{
    private const int MostRows = 10_000;
    private const int RowsUnlessGiven = 100;

    public void Map(IEndpointRouteBuilder routes) => routes.MapRead(
        "/quarantine/{run}",
        RowsAsync,
        "The rows that a run set aside and that were not repaired since",
        new ApiParameter("table", "Only rows of this table"),
        new ApiParameter("code", "Only rows set aside for this"),
        new ApiParameter("column", "Only rows set aside for this column"),
        new ApiParameter("limit", "How many at most") { Least = 1, Most = MostRows },
        new ApiParameter("offset", "How many to pass over") { Least = 0, Most = int.MaxValue },
        new ApiParameter("unmask", "Whether to show personal data and whole records; needs the role admin") { IsFlag = true });

    private async Task RowsAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request.Query);
        int limit = (int)(values.Number("limit", 1, MostRows) ?? RowsUnlessGiven);
        int offset = (int)(values.Number("offset", 0, int.MaxValue) ?? 0);
        bool unmask = values.Flag("unmask") ?? false;
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        if (unmask && !context.May(ApiRole.Admin, keys.IsNeeded))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "personal data is shown to a key of role admin only", "role_needed");
            return;
        }

        if (unmask)
        {
            AuditedRead.Mark(context);
        }

        string runId = context.Path("run");
        if (places.Find(runId) is not { } found)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Run not found", "run_not_found");
            return;
        }

        if (await answers.PipelineAsync(context, found.Run.Pipeline) is not { } pipeline)
        {
            return;
        }

        string? table = values.Text("table");
        string? code = values.Text("code");
        string? column = values.Text("column");
        using var log = new QuarantineLog(found.Home);
        IEnumerable<(QuarantinedRun Run, QuarantineRow Row)> rows =
            from run in log.Of(pipeline)
            where run.RunId == runId && (table is null || run.Table == table)
            from row in run.OpenRows
            where (code is null || row.Code == code) && (column is null || row.Column == column)
            select (run, row);
        await TableAnswer.WriteAsync(context, safe.Of(QuarantineTables.Rows(pipeline, rows.Skip(offset).Take(limit), unmask), "file"));
    }
}
