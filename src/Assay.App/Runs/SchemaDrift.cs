using System.Globalization;
using Assay.App.Pipelines;
using Assay.Read;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Compares the fields that records have with those that their tables know, and does what each table's contract says.</summary>
internal static class SchemaDrift
{
    private const string CheckName = "schema_contract";
    private const int MostTold = 20;

    /// <summary>The unknown fields of what was read.</summary>
    /// <param name="definition">The source.</param>
    /// <param name="read">Its records, read to their end once.</param>
    public static IReadOnlyList<UnknownField> Of(SourceDefinition definition, IRecordSource read) =>
    [
        .. read.ExtraFields
            .Where(field => !definition.Contract.Known.Contains(field.Name))
            .Select(field => new UnknownField(field.Name, Place(read, field), field.Values)),
    ];

    /// <summary>The unknown fields of several files, each once: its first place, and its values in all.</summary>
    public static IReadOnlyList<UnknownField> Together(IEnumerable<UnknownField> fields) =>
    [
        .. fields.GroupBy(field => field.Name, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.First() with { Values = same.Any(field => field.Values is null) ? null : same.Sum(field => field.Values) }),
    ];

    /// <summary>Finds out which fields are new, warns of those that may come, and checks that there are none where none may; warns of
    /// files of another encoding, too.</summary>
    /// <param name="outcome">What the run came to.</param>
    /// <param name="home">Where earlier runs are noted.</param>
    /// <param name="progress">Is told of new fields.</param>
    /// <returns>The outcome, with what was found.</returns>
    public static RunOutcome Judge(RunOutcome outcome, AssayHome home, RunProgress progress)
    {
        EncodingNote.Warn(outcome, progress);
        CheckFinding[] findings = [.. outcome.Tables.Where(table => table.Plan.Table is { SchemaContract: SchemaContract.Freeze, Parent: null }).Select(Find)];
        if (findings.Length > 0)
        {
            outcome = outcome with { Checks = [.. outcome.Checks, .. findings] };
        }

        if (!outcome.Tables.Any(table => table.UnknownFields.Count > 0))
        {
            return outcome;
        }

        IReadOnlyDictionary<string, IReadOnlyList<string>>? last = FieldHistory.Last(home, outcome.Pipeline.Name);
        outcome = outcome with
        {
            Tables = [.. outcome.Tables.Select(table => last is null ? table : table with
            {
                UnknownFields = [.. table.UnknownFields.Select(field => field with { IsNew = !Had(last, table.Plan.Table.From, field.Name) })],
            })],
            UnknownFields = Noted(outcome.Tables, last),
        };
        Warn(outcome, progress);
        return outcome;
    }

    private static CheckFinding Find(TableOutcome table)
    {
        IReadOnlyList<UnknownField> fields = table.UnknownFields;
        string more = fields.Count > MostTold ? string.Create(CultureInfo.InvariantCulture, $" and {fields.Count - MostTold} more") : "";
        return new CheckFinding(
            table.Quality.Table,
            CheckName,
            IsWarning: false,
            fields.Count == 0,
            fields.Count == 0 ? "no others" : string.Join(", ", fields.Take(MostTold).Select(Told)) + more,
            "only fields that columns read or `known_fields` names");
    }

    private static void Warn(RunOutcome outcome, RunProgress progress)
    {
        var told = new HashSet<(string Source, string Field)>();
        foreach (TableOutcome table in outcome.Tables.Where(table => table.Plan.Table is { SchemaContract: SchemaContract.Evolve, Parent: null }))
        {
            string source = table.Plan.Table.From;
            foreach (UnknownField field in table.UnknownFields.Where(field => field.IsNew && told.Add((source, field.Name))))
            {
                progress.Warn($"new field {Told(field)} in source `{source}`; it stays in the raw data. Read it with a column, or name it in `known_fields`");
            }
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Noted(
        IReadOnlyList<TableOutcome> tables, IReadOnlyDictionary<string, IReadOnlyList<string>>? last)
    {
        var noted = new Dictionary<string, IReadOnlyList<string>>(last ?? new Dictionary<string, IReadOnlyList<string>>(), StringComparer.Ordinal);
        foreach (TableOutcome table in tables.Where(table => table.UnknownFields.Count > 0))
        {
            string source = table.Plan.Table.From;
            noted[source] =
            [
                .. noted.GetValueOrDefault(source, []).Union(table.UnknownFields.Select(field => field.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ];
        }

        return noted;
    }

    private static bool Had(IReadOnlyDictionary<string, IReadOnlyList<string>> last, string source, string field) =>
        last.TryGetValue(source, out IReadOnlyList<string>? fields) && fields.Contains(field);

    private static string Told(UnknownField field) => field.Place.Length == 0 ? $"`{field.Name}`" : $"`{field.Name}` (first in {field.Place})";

    private static string Place(IRecordSource read, ExtraField field) =>
        field.File is not { } file ? ""
        : field.Row is { } row ? string.Create(CultureInfo.InvariantCulture, $"{read.Files[file]}, record {row}")
        : read.Files[file];
}
