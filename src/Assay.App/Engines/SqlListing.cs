using System.Globalization;
using System.Text;
using Assay.Measure;
using Assay.Sql;

namespace Assay.App.Engines;

/// <summary>A KPI's statements as people read them: each with what it is for, and at the end what Assay does with the rows.</summary>
internal static class SqlListing
{
    /// <summary>Writes a KPI's statements.</summary>
    /// <param name="query">The KPI.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <returns>Statements, each ended by a semicolon, between comments; without a last line's end.</returns>
    public static string Of(KpiQuery query, SqlDialect dialect)
    {
        KpiDefinition kpi = query.Plan.Definition;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"-- {kpi.Name}: {OneLine(kpi.Title)} ({dialect.Title})\n");
        foreach (KpiStatement step in query.Preview)
        {
            text.Append(CultureInfo.InvariantCulture, $"-- {OneLine(step.Title)}\n{dialect.Script(step.Statement)};\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"-- Then, by the same code for every engine: {string.Join(", ", Rest(kpi))}");
        return text.ToString();
    }

    private static IEnumerable<string> Rest(KpiDefinition kpi)
    {
        if (kpi.Score is not null)
        {
            yield return "scores and reasons";
        }

        if (kpi.Having is not null)
        {
            yield return $"keeps groups where {kpi.Having}";
        }

        if (kpi.Fill is not null)
        {
            yield return "fills the gaps in the calendar";
        }

        if (kpi.Derive.Count > 0)
        {
            yield return $"derives {string.Join(", ", kpi.Derive.Select(column => column.Name))}";
        }

        if (kpi.Segments is not null)
        {
            yield return $"divides into {kpi.Segments.Column}";
        }

        if (kpi.Summary.Count > 0)
        {
            yield return $"sums up {string.Join(", ", kpi.Summary.Select(figure => figure.Name))}";
        }

        yield return "rounds once, half to even";
        if (kpi.OrderBy.Count > 0)
        {
            yield return $"orders by {string.Join(", ", kpi.OrderBy.Select(term => term.Descending ? $"{term.Column} descending" : term.Column))}";
        }

        if (kpi.Limit is { } limit)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"keeps the first {limit}");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
