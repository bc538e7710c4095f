using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Takes rows out of batches, and puts them back into one.</summary>
internal static class CapturedRows
{
    public static CapturedRow Take(RowBatch batch, int row)
    {
        int columns = batch.Columns.Length;
        var captured = new CapturedRow(new Int128[columns], new byte[]?[columns], new bool[columns]);
        for (int i = 0; i < columns; i++)
        {
            Vector column = batch.Columns[i];
            captured.Nulls[i] = column.IsNull(row);
            if (captured.Nulls[i])
            {
                continue;
            }

            if (column.Type.Kind == ColumnKind.String)
            {
                captured.Texts[i] = column.IsRaw
                    ? column.Raw(batch.RawBytes, row).ToArray()
                    : batch.Texts[(int)column.Values[row]].ToArray();
            }
            else
            {
                captured.Numbers[i] = column.Get(row);
            }
        }

        return captured;
    }

    /// <summary>Fills a batch with rows. Their texts stay bytes, so that looking at rows again leaves nothing in the text pool.</summary>
    public static void Put(IReadOnlyList<CapturedRow> rows, int from, int count, RowBatch into)
    {
        into.Count = count;
        into.RawBytes = new byte[rows.Skip(from).Take(count).Sum(row => row.Texts.Sum(text => text?.Length ?? 0))];
        int used = 0;
        for (int i = 0; i < into.Columns.Length; i++)
        {
            Vector column = into.Columns[i];
            column.Type = into.Schema.Columns[i].Type;
            column.IsRaw = column.Type.Kind == ColumnKind.String;
            column.HasNulls = true;
            column.IsWide = false;
            for (int row = 0; row < count; row++)
            {
                CapturedRow captured = rows[from + row];
                column.Nulls[row] = captured.Nulls[i];
                column.IsWide |= captured.Numbers[i] < long.MinValue || captured.Numbers[i] > long.MaxValue;
            }

            for (int row = 0; row < count; row++)
            {
                CapturedRow captured = rows[from + row];
                if (captured.Texts[i] is { } text)
                {
                    text.CopyTo(into.RawBytes, used);
                    column.Values[row] = Vector.PackRaw(used, text.Length);
                    used += text.Length;
                }
                else if (column.IsWide)
                {
                    column.Wide[row] = captured.Numbers[i];
                }
                else
                {
                    column.Values[row] = (long)captured.Numbers[i];
                }
            }
        }
    }
}
