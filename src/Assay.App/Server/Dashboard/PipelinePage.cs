using System.Text.Json;
using Assay.App.Dashboards;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Measure;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>What a pipeline's page shows: its panels with their rows, and what they can be narrowed by.</summary>
internal sealed class PipelinePage(ResultSources sources, PanelAnswers panels, JobAnswers answers, ServerOptions options, SafeText safe)
{
    private const string JobName = "job";

    public async Task WriteAsync(HttpContext context)
    {
        if (await answers.PipelineAsync(context, context.Path("name")) is not { } pipeline)
        {
            return;
        }

        IQueryCollection query = context.Request.Query;
        string? job = query[JobName] is [{ Length: > 0 } given] ? given : null;
        ResultSource? source = sources.Find(pipeline, job);
        if (source is null && job is not null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "the job is not completed, or of another pipeline", "no_results", job);
            return;
        }

        // Results whose clean rows hold more by now are shown as they were published, and not narrowed.
        KeyValuePair<string, IReadOnlyList<string>>[] chosen = source?.Newer is not null ? [] :
        [
            .. pipeline.Dashboard.Filters.Where(filter => query.ContainsKey(filter.Name)).OrderBy(filter => filter.Name, StringComparer.Ordinal)
                .Select(filter => KeyValuePair.Create(filter.Name, (IReadOnlyList<string>)[.. query[filter.Name].Select(value => value ?? "")])),
        ];
        try
        {
            IReadOnlyList<byte[]?> rows = source is null ? [] : await panels.RowsAsync(pipeline, source, chosen, context.RequestAborted);
            IReadOnlyList<FilterChoices> choices = source is null ? [] : await Task.Run(() => Choices(pipeline, source, context.RequestAborted), context.RequestAborted);
            await Json.WriteAsync(context, writer => Write(writer, pipeline, source, choices, rows));
        }
        catch (Exception e) when (e is FormatException or MeasureException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, safe.Of(e.Message), "bad_filter");
        }
    }

    private IReadOnlyList<FilterChoices> Choices(PipelineDefinition pipeline, ResultSource source, CancellationToken cancellationToken)
    {
        var views = new SilverViews(pipeline, source.Home, options.ViewThreads);
        return pipeline.Dashboard.Filters.Count > 0 && source.Newer is null && views.HasRows ? panels.Choices(pipeline, source, views, cancellationToken) : [];
    }

    private static void Write(
        Utf8JsonWriter writer, PipelineDefinition pipeline, ResultSource? source, IReadOnlyList<FilterChoices> choices, IReadOnlyList<byte[]?> rows)
    {
        DashboardDefinition dashboard = pipeline.Dashboard;
        writer.WriteStartObject();
        writer.WriteString("name", pipeline.Name);
        writer.WriteString("title", pipeline.Title);
        writer.WriteString("description", pipeline.Description);
        writer.WriteString("time_zone", pipeline.TimeZone.Id);
        writer.WriteString("locale", dashboard.Locale);
        writer.WriteString("currency", dashboard.Currency);
        Texts(writer, "money", dashboard.Money);
        Texts(writer, "percent", dashboard.Percent);
        writer.WritePropertyName("source");
        if (source is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString("run_id", source.RunId);
            Job(writer, source.Job);
            writer.WriteString("published_at", source.Manifest?.Finished is { } finished ? WireTime.Of(finished) : null);
            writer.WriteString("as_of", source.Manifest?.AsOf);
            writer.WriteEndObject();
        }

        if (source?.Newer is { } newer)
        {
            writer.WriteStartObject("newer");
            writer.WriteString("run_id", newer.RunId);
            Job(writer, newer.Job);
            writer.WriteBoolean("is_repair", newer.Job?.Type == JobType.Replay);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("can_filter", choices.Count > 0);
        writer.WriteStartArray("filters");
        foreach (DashboardFilter filter in dashboard.Filters)
        {
            Filter(writer, filter, choices.FirstOrDefault(one => one.Filter == filter));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("panels");
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i] is { } known)
            {
                Panel(writer, pipeline, dashboard.Panels[i], known);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Job(Utf8JsonWriter writer, JobEntry? job)
    {
        writer.WriteString("job", job?.Id);
        writer.WriteString("file", job is null ? null : JobRequest.Of(job).FileName);
    }

    private static void Filter(Utf8JsonWriter writer, DashboardFilter filter, FilterChoices? choices)
    {
        writer.WriteStartObject();
        writer.WriteString("name", filter.Name);
        writer.WriteString("kind", filter.IsPeriod ? "period" : "values");
        if (filter.IsPeriod)
        {
            writer.WriteString("first", choices?.First);
            writer.WriteString("last", choices?.Last);
        }
        else
        {
            Texts(writer, "values", choices?.Values ?? []);
        }

        writer.WriteEndObject();
    }

    private static void Panel(Utf8JsonWriter writer, PipelineDefinition pipeline, DashboardPanel panel, byte[] rows)
    {
        KpiDefinition kpi = pipeline.Kpis.First(kpi => kpi.Name == panel.Kpi);
        writer.WriteStartObject();
        writer.WriteString("name", panel.Name);
        writer.WriteString("title", panel.Title);
        writer.WriteString("chart", panel.Chart);
        writer.WriteString("value", panel.Value ?? kpi.OrderBy.Select(term => term.Column).FirstOrDefault(name => kpi.Measures.Any(measure => measure.Name == name)));
        Texts(writer, "keys", [.. kpi.GroupBy.Select(key => key.Name).Concat(panel.By is { } by ? [by.Name] : [])]);
        HashSet<string> months = [.. kpi.GroupBy.Append(panel.By).OfType<NamedExpression>().Where(key => key.Value is CallExpression { Name: "year_month" }).Select(key => key.Name)];
        writer.WriteStartArray("columns");
        foreach (Column column in PanelAnswers.Columns(pipeline, panel).Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", months.Contains(column.Name) ? "month" : TypeOf(column.Type));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        using JsonDocument known = JsonDocument.Parse(rows);
        foreach (JsonProperty part in known.RootElement.EnumerateObject())
        {
            part.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static string TypeOf(ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer => "integer",
        ColumnKind.Decimal => "decimal",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        ColumnKind.Timestamp => "timestamp",
        _ => "string",
    };

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
