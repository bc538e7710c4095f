using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;

namespace Assay.App.Reports;

/// <summary>What the published documents of a run are written from.</summary>
/// <param name="Outcome">The run's results.</param>
/// <param name="Options">How the run was done.</param>
/// <param name="Started">When it started.</param>
/// <param name="TableRows">Gives the rows of a table, for pipelines that keep silver.</param>
internal sealed record OutputScope(RunOutcome Outcome, RunOptions Options, DateTimeOffset Started, Func<OutputRows, OutputTable>? TableRows)
{
    private readonly Dictionary<string, KpiResult> _results = Outcome.Results.ToDictionary(result => result.Definition.Name, StringComparer.Ordinal);

    /// <summary>The moment that the documents carry: what the run was told to look back from, else its start.</summary>
    public DateTime ExportedAt
    {
        get
        {
            if (Options.AsOf is not { } asOf)
            {
                return Started.UtcDateTime;
            }

            // By the offset, as a moment that clocks skip has no other time in UTC.
            TimeSpan offset = Outcome.Pipeline.TimeZone.GetUtcOffset(DateTime.SpecifyKind(asOf, DateTimeKind.Unspecified));
            return DateTime.SpecifyKind(asOf - offset, DateTimeKind.Utc);
        }
    }

    /// <summary>The name that an output's file has in this run.</summary>
    public string FileName(OutputDefinition output) => output.Name
        .Replace(OutputDefinition.RunIdMark, Outcome.RunId, StringComparison.Ordinal)
        .Replace(OutputDefinition.ExportedAtMark, ExportedAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>What is told of the run.</summary>
    public string Of(OutputRunValue value) => value.Name switch
    {
        "id" => Outcome.RunId,
        "exported_at" => Moment(ExportedAt),
        "started_at" => Moment(Started.UtcDateTime),
        "pipeline" => Outcome.Pipeline.Name,
        "engine" => Options.Engine.Name,
        _ => throw new InvalidOperationException($"A run has no `{value.Name}`."),
    };

    /// <summary>A KPI's result.</summary>
    public KpiResult Kpi(string name) => _results[name];

    /// <summary>The rows of a KPI or a table.</summary>
    public OutputTable Rows(OutputRows rows)
    {
        if (rows.IsTable)
        {
            return TableRows!(rows);
        }

        ResultTable table = Kpi(rows.From).Table;
        int[] places = [.. rows.Columns.Select(table.Schema.IndexOf)];
        return new OutputTable(
            new Schema([.. places.Select(place => table.Schema.Columns[place])]),
            table.Rows.Select(row => (IReadOnlyList<object?>)[.. places.Select(place => row[place])]));
    }

    private static string Moment(DateTime moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
