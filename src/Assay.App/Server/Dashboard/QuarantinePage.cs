using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Quarantine;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>What the pages about the quarantine show: which runs set rows aside, and the rows, with personal values masked.</summary>
internal sealed class QuarantinePage(RunPlaces places, JobDatabase jobs, JobAnswers answers, PipelineCatalog catalog)
{
    private const int MostRuns = 30;
    private const int MostRows = 500;
    private const int RowsUnlessGiven = 50;

    public Task WriteRunsAsync(HttpContext context)
    {
        RunManifest[] runs = [.. places.Newest(null, MostRuns).Where(run => run.Books.Values.Any(books => books.Quarantined > 0))];
        return Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("runs");
            foreach (RunManifest run in runs)
            {
                writer.WriteStartObject();
                writer.WriteString("run_id", run.RunId);
                writer.WriteString("pipeline", run.Pipeline);
                writer.WriteString("started", WireTime.Of(run.Started));
                writer.WriteNumber("rows", run.Books.Values.Sum(books => books.Quarantined));
                writer.WriteNumber("replayed", Replayed(run));
                writer.WriteStartArray("tables");
                foreach ((string table, RunBooks books) in run.Books.Where(one => one.Value.Quarantined > 0))
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", table);
                    writer.WriteNumber("rows", books.Quarantined);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>How many of the rows were loaded again since; those that failed again are with the run that tried.</summary>
    private int Replayed(RunManifest run) => places.Find(run.RunId) is { } found
        ? run.Books.Where(one => one.Value.Quarantined > 0).Sum(one => ResolvedRows.Load(found.Home, one.Key, run.RunId).Count)
        : 0;

    public async Task WriteRowsAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request.Query);
        int limit = (int)(values.Number("limit", 1, MostRows) ?? RowsUnlessGiven);
        int offset = (int)(values.Number("offset", 0, int.MaxValue) ?? 0);
        if (values.Faults.Count > 0)
        {
            await Problem.WriteAsync(context, values.Faults);
            return;
        }

        string runId = context.Path("run");
        if (places.Find(runId) is not { } found)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "nothing is kept of this run any more", "run_not_found");
            return;
        }

        if (await answers.PipelineAsync(context, found.Run.Pipeline) is not { } pipeline)
        {
            return;
        }

        using var log = new QuarantineLog(found.Home);
        (QuarantinedRun Run, QuarantineRow Row)[] all = [.. log.Of(pipeline).Where(one => one.RunId == runId).SelectMany(run => run.OpenRows.Select(row => (run, row)))];
        (QuarantinedRun Run, QuarantineRow Row)[] chosen =
        [
            .. all.Where(one => Is(values.Text("table"), one.Run.Table) && Is(values.Text("code"), one.Row.Code) && Is(values.Text("column"), one.Row.Column)),
        ];
        JobEntry? job = jobs.OfRun(runId);
        await Json.WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("pipeline", pipeline.Name);
            writer.WriteString("title", catalog.TitleOf(pipeline.Name));
            writer.WriteNumber("total", chosen.Length);
            writer.WriteBoolean("can_replay", CanReplay(pipeline, found.Home));
            Names(writer, "tables", all.Select(one => one.Run.Table));
            Names(writer, "codes", all.Select(one => one.Row.Code));
            Names(writer, "columns", all.Select(one => one.Row.Column));
            writer.WriteStartArray("rows");
            foreach ((QuarantinedRun run, QuarantineRow row) in chosen.Skip(offset).Take(limit))
            {
                Row(writer, run.Table, QuarantineMask.Of(row, pipeline.Tables.First(table => table.Name == run.Table)), InputLabels.Of(job, row.File));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Whether repaired rows can be loaded where the run loaded its own: only where clean rows are kept.</summary>
    internal static bool CanReplay(PipelineDefinition pipeline, AssayHome home) =>
        pipeline.Tables.Any(table => SilverSnapshot.Current(home, table.Name).Files.Count > 0);

    private static bool Is(string? asked, string value) => string.IsNullOrEmpty(asked) || asked == value;

    private static void Names(Utf8JsonWriter writer, string name, IEnumerable<string> names)
    {
        writer.WriteStartArray(name);
        foreach (string one in names.Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            writer.WriteStringValue(one);
        }

        writer.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter writer, string table, QuarantineRow row, string file)
    {
        writer.WriteStartObject();
        writer.WriteString("table", table);
        writer.WriteString("file", file);
        writer.WriteNumber("row", row.Row);
        writer.WriteString("column", row.Column);
        writer.WriteString("code", row.Code);
        writer.WriteString("value", row.Value);
        writer.WriteString("expected", row.Expected);
        writer.WriteString("also", row.Also);
        writer.WriteEndObject();
    }
}
