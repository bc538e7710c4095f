using System.Globalization;
using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Pipelines;

/// <summary>
/// Takes down by which rules a pipeline makes the rows of its tables, so that a later run can tell whether they are still the
/// same: what decides which rows there are and what is in them. Titles, KPIs, checks of tables as a whole, and how rows are
/// shared out over files do not.
/// </summary>
/// <remarks>
/// Fingerprints are kept for years. What a definition does not say must leave no trace in them, so that something new that it may
/// say changes none. A rule that is kept with only one of two definitions is not compared, unless it is a column's.
/// </remarks>
internal static class RefiningRules
{
    /// <summary>How the names of columns' rules begin.</summary>
    private const string ColumnPrefix = "column ";

    /// <summary>The rules of all tables.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static IReadOnlyList<TableRule> Of(PipelineDefinition pipeline) => [.. pipeline.Tables.SelectMany(table => Of(pipeline, table))];

    /// <summary>What differs between two sets of rules of a table.</summary>
    /// <param name="old">The one set: fingerprints by name.</param>
    /// <param name="now">The other.</param>
    /// <returns>In words: <c>`vat`, `where` changed, `x` is new, `y` is gone</c>; null when nothing does.</returns>
    public static string? Difference(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> now)
    {
        string changed = List(now.Keys.Where(rule => old.TryGetValue(rule, out string? before) && before != now[rule]), "changed", "changed");
        string added = List(now.Keys.Where(IsColumn).Except(old.Keys), "is new", "are new");
        string gone = List(old.Keys.Where(IsColumn).Except(now.Keys), "is gone", "are gone");
        string[] parts = [.. new[] { changed, added, gone }.Where(part => part.Length > 0)];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static bool IsColumn(string rule) => rule.StartsWith(ColumnPrefix, StringComparison.Ordinal);

    private static string List(IEnumerable<string> rules, string one, string several)
    {
        string[] names = [.. rules.OrderBy(rule => !IsColumn(rule)).ThenBy(rule => rule, StringComparer.Ordinal)
            .Select(rule => $"`{(IsColumn(rule) ? rule[ColumnPrefix.Length..] : rule)}`")];
        return names.Length == 0 ? "" : $"{string.Join(", ", names)} {(names.Length == 1 ? one : several)}";
    }

    private static IEnumerable<TableRule> Of(PipelineDefinition pipeline, TableDefinition table)
    {
        SourceDefinition source = pipeline.Sources.First(one => one.Name == table.From);
        yield return Rule("from", table.From);
        yield return Rule("record", source.Record ?? "");
        yield return Rule("lines", table.MustAgree ? $"of {table.Parent}" : "");
        yield return Rule("key", CanonicalText.Of(table.Key));
        yield return Rule("newest", table.Newest ?? "");
        yield return Rule("where", table.Where?.ToString() ?? "");
        yield return Rule("schema_contract", table.SchemaContract == SchemaContract.DiscardRow
            ? CanonicalText.Of([.. source.Contract.Known.Order(StringComparer.Ordinal)])
            : "");
        if (table.Columns.Any(column => column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp))
        {
            yield return Rule("time_zone", pipeline.TimeZone.Id);
        }

        foreach (ColumnDefinition column in table.Columns)
        {
            yield return Rule(ColumnPrefix + column.Name, CanonicalText.Of([.. Parts(column)]));
        }

        foreach (DerivedColumn column in table.Derive)
        {
            yield return Rule(ColumnPrefix + column.Name, CanonicalText.Of("derive", column.Value.ToString()));
        }

        TableRule Rule(string name, string text) => new(table.Name, name, Fingerprint.Of(text));
    }

    private static IEnumerable<string> Parts(ColumnDefinition column)
    {
        yield return CanonicalText.Of("type", column.Type.ToString());
        yield return CanonicalText.Of("field", column.Field);
        if (column.CleanTexts.Count > 0)
        {
            yield return CanonicalText.Of("clean", CanonicalText.Of(column.CleanTexts));
        }

        if (column.Formats.Count > 0)
        {
            yield return CanonicalText.Of("formats", CanonicalText.Of(column.Formats));
        }

        if (column.Required)
        {
            yield return "required";
        }

        if (column.InvalidIsNull)
        {
            yield return "invalid";
        }

        if (column.Matches is not null)
        {
            yield return CanonicalText.Of("matches", column.Matches);
        }

        if (column.Minimum is not null)
        {
            yield return CanonicalText.Of("minimum", Bound(column.Minimum));
        }

        if (column.Maximum is not null)
        {
            yield return CanonicalText.Of("maximum", Bound(column.Maximum));
        }

        if (column.AcceptedValues is not null)
        {
            yield return CanonicalText.Of("accepted_values", CanonicalText.Of([.. column.AcceptedValues.Order(StringComparer.Ordinal)]));
        }

        if (column.Check is not null)
        {
            yield return CanonicalText.Of("check", column.Check.ToString());
        }
    }

    /// <summary>A bound without the zeros that mean nothing.</summary>
    private static string Bound(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : text;
}
