using System.Globalization;
using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>A small table of a case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Rows">Its rows: a cell is null, a <see cref="string"/>, or else a <see cref="long"/> as a batch holds it.</param>
/// <param name="Key">Its unique key column; null for none.</param>
public sealed record CaseTable(string Name, Schema Schema, IReadOnlyList<object?[]> Rows, string? Key = null)
{
    /// <summary>The rows in batches.</summary>
    public IEnumerable<RowBatch> Batches(TextPool texts, int size = 64)
    {
        var batch = new RowBatch(Schema, texts, size);
        for (int from = 0; from < Rows.Count; from += size)
        {
            texts.TrimIfLarge();
            batch.Count = Math.Min(size, Rows.Count - from);
            for (int column = 0; column < batch.Columns.Length; column++)
            {
                Vector vector = batch.Columns[column];
                vector.HasNulls = false;
                for (int row = 0; row < batch.Count; row++)
                {
                    object? cell = Rows[from + row][column];
                    vector.Nulls[row] = cell is null;
                    vector.HasNulls |= cell is null;
                    vector.Values[row] = cell is string text ? texts.Intern(text) : cell is long number ? number : 0;
                }
            }

            yield return batch;
        }
    }

    /// <summary>The table as text, for a failing case.</summary>
    public string Show() =>
        $"{Name}({string.Join(", ", Schema.Columns.Select(column => $"{column.Name} {column.Type}"))}){(Key is null ? "" : $" key {Key}")}\n"
        + string.Join("", Rows.Select(row => $"  {string.Join(" | ", row.Select((cell, i) => Show(cell, Schema.Columns[i].Type)))}\n"));

    private static string Show(object? cell, ColumnType type) => (cell, type.Kind) switch
    {
        (null, _) => "null",
        (string text, _) => $"'{text}'",
        (long day, ColumnKind.Date) => new DateTime(1970, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (long moment, ColumnKind.Timestamp) => DateTime.UnixEpoch.AddTicks(moment * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (long truth, ColumnKind.Boolean) => truth == 0 ? "false" : "true",
        (long number, _) => Decimals.Format(number, type.Scale),
        _ => throw new InvalidOperationException($"{cell} is no cell."),
    };
}
