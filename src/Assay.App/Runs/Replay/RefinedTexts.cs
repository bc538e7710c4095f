using System.Text;
using Assay.Data;
using Assay.Refine;

namespace Assay.App.Runs;

/// <summary>What a table makes of a few records that are given as texts.</summary>
internal sealed class RefinedTexts
{
    private readonly string?[] _faults;
    private readonly string?[] _rows;
    private readonly CleaningPlan _plan;

    private RefinedTexts(CleaningPlan plan, int count)
    {
        _plan = plan;
        _faults = new string?[count];
        _rows = new string?[count];
    }

    /// <summary>Refines records.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="fields">The fields that the texts are of, those of the plan among them.</param>
    /// <param name="records">A text for each field, null where there is none.</param>
    public static RefinedTexts Of(CleaningPlan plan, IReadOnlyList<string> fields, IReadOnlyList<string?[]> records)
    {
        var refined = new RefinedTexts(plan, records.Count);
        int[] places = [.. plan.Fields.Select(field => fields.ToList().IndexOf(field))];
        var refiner = new Refiner(plan, new TextPool());
        for (int from = 0; from < records.Count; from += RowBatch.DefaultCapacity)
        {
            int count = Math.Min(RowBatch.DefaultCapacity, records.Count - from);
            refined.Take(refiner.Refine(Batch(places, records, from, count)), from);
        }

        return refined;
    }

    /// <summary>The keys of records, as far as their fields can be typed; nothing else about them is checked.</summary>
    /// <param name="table">The table.</param>
    /// <param name="zone">The pipeline's time zone.</param>
    /// <param name="fields">The fields that the texts are of.</param>
    /// <param name="records">A text for each field, null where there is none.</param>
    /// <returns>For each record a text that is equal for equal keys, or null.</returns>
    public static IReadOnlyList<string?> Keys(TableDefinition table, TimeZoneInfo zone, IReadOnlyList<string> fields, IReadOnlyList<string?[]> records)
    {
        ColumnDefinition[] columns =
        [
            .. table.Columns.Where(column => table.Key.Contains(column.Name)).Select(column => column with
            {
                Required = true,
                InvalidIsNull = false,
                Matches = null,
                AcceptedValues = null,
                Minimum = null,
                Maximum = null,
                Check = null,
            }),
        ];
        return Of(CleaningPlan.Create(table with { Columns = columns, Derive = [], Where = null }, zone), fields, records)._rows;
    }

    /// <summary>What is wrong with a record, without its values, or null.</summary>
    public string? Fault(int record) => _faults[record];

    /// <summary>Whether a record is good and the table leaves it out.</summary>
    public bool IsFiltered(int record) => _faults[record] is null && _rows[record] is null;

    /// <summary>The columns that are read, of a good record, as a text that is equal for equal rows; else null.</summary>
    public string? Row(int record) => _rows[record];

    private static FieldBatch Batch(int[] places, IReadOnlyList<string?[]> records, int from, int count)
    {
        var batch = new FieldBatch(places.Length) { Count = count, FirstRow = 1 };
        var bytes = new List<byte>();
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < places.Length; column++)
            {
                byte[]? text = records[from + row][places[column]] is { } known ? Encoding.UTF8.GetBytes(known) : null;
                batch.Starts[column][row] = bytes.Count;
                batch.Lengths[column][row] = text?.Length ?? -1;
                bytes.AddRange(text ?? []);
            }
        }

        batch.Bytes = [.. bytes];
        return batch;
    }

    private void Take(RefinedBatch refined, int from)
    {
        for (int i = 0; i < refined.FaultyCount; i++)
        {
            int row = refined.FaultyRows[i];
            _faults[from + row] = FaultOf(refined, row);
        }

        RowBatch rows = refined.Rows;
        var text = new StringBuilder();
        for (int row = 0; row < rows.Count; row++)
        {
            text.Clear();
            for (int column = 0; column < _plan.Table.Columns.Count; column++)
            {
                Append(text, rows, rows.Columns[column], row);
            }

            _rows[from + refined.RecordOf(row)] = text.ToString();
        }
    }

    private string FaultOf(RefinedBatch refined, int row)
    {
        FaultCode whole = refined.RecordFault(row);
        int column = whole == FaultCode.None
            ? Enumerable.Range(0, _plan.Table.Columns.Count).First(i => refined.ColumnFault(i, row) != FaultCode.None)
            : -1;
        FaultCode code = column < 0 ? whole : refined.ColumnFault(column, row);
        string where = column < 0 ? "" : $"`{_plan.Table.Columns[column].Name}`: ";
        return $"{where}{_plan.Expectation(column, code)} was expected";
    }

    private static void Append(StringBuilder text, RowBatch rows, Vector column, int row)
    {
        if (column.IsNull(row))
        {
            text.Append('n');
            return;
        }

        string cell = column.Type.Kind != ColumnKind.String ? column.Get(row).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : column.IsRaw ? Encoding.UTF8.GetString(column.Raw(rows.RawBytes, row))
            : rows.Texts.GetString((int)column.Values[row]);

        // With its length, so that no two different rows give the same.
        text.Append(cell.Length).Append(':').Append(cell);
    }
}
