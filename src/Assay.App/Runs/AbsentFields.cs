using Assay.App.Pipelines;
using Assay.Read;
using Assay.Refine;

namespace Assay.App.Runs;

/// <summary>
/// What becomes of fields that no record of a run has: one that a column requires is most likely mistyped, and ends the
/// run; others are optional, so they are told and taken for missing. An API answers with what there is at the moment:
/// its records are judged one by one.
/// </summary>
internal static class AbsentFields
{
    /// <summary>Ends the run when a required column's field is in no record.</summary>
    /// <param name="source">The source.</param>
    /// <param name="met">What its records have.</param>
    /// <param name="plans">The tables that are made of it.</param>
    /// <param name="records">How many records there are.</param>
    /// <exception cref="ReadException">A field is needed, and no record has it.</exception>
    public static void Require(SourceDefinition source, MetFields met, IEnumerable<CleaningPlan> plans, long records)
    {
        string[] missing =
        [
            .. plans.SelectMany(plan => plan.Table.Columns).Where(column => column.Required && met.Lacks(column.Field)).Select(column => column.Field).Distinct(StringComparer.Ordinal),
        ];
        if (missing.Length > 0 && source.Rest is null)
        {
            throw met.Missing(source.Name, missing, source.Format == "json" && records == 1
                ? "There is a single record: if a list inside it has the records, give the path to the list as `record`."
                : "");
        }
    }

    /// <summary>Says that no record has a value for a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="table">Its table.</param>
    /// <param name="met">What the records have.</param>
    /// <returns>The warning.</returns>
    public static string Warning(ColumnDefinition column, TableDefinition table, MetFields met) =>
        $"no record of `{table.From}` has a value for `{column.Name}` of `{table.Name}` (field `{column.Field}`)"
        + (met.Lacks(column.Field) && met.Meant(column.Field) is { } meant ? $"; did you mean `{meant}`?" : "");
}
