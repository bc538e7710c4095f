using Assay.Data;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>Hides personal data in a row of the quarantine.</summary>
internal static class QuarantineMask
{
    private const string Between = " <> ";

    /// <summary>Masks a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="table">Its table, which says what is personal. A column that it does not have any more may have been.</param>
    /// <returns>The row without its record.</returns>
    public static QuarantineRow Of(QuarantineRow row, TableDefinition table)
    {
        ColumnDefinition? column = table.Columns.FirstOrDefault(column => column.Name == row.Column);
        bool isPersonal = row.Column.Length > 0 && (column is null || column.Pii is not null);
        if (!isPersonal)
        {
            return row with { Record = "" };
        }

        bool isConflict = row.Code == FaultCode.Conflicting.Name();
        return row with
        {
            Value = isConflict ? string.Join(Between, row.Value.Split(Between).Select(Masking.Mask)) : Masking.Mask(row.Value),

            // Of rows that disagree, both values are told there, too.
            Expected = isConflict ? $"the same {row.Column} in every record of its key" : row.Expected,
            Record = "",
        };
    }
}
