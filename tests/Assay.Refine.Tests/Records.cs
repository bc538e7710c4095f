using System.Text;
using Assay.Data;

namespace Assay.Refine.Tests;

/// <summary>Makes batches of records as a reader would hand them on.</summary>
internal static class Records
{
    /// <summary>A batch of these records, a null field being one that the record does not have.</summary>
    public static FieldBatch Of(params string?[][] rows) => Of(rows, 1);

    /// <summary>A batch of records of which the first has a number.</summary>
    public static FieldBatch Of(IReadOnlyList<string?[]> rows, long firstRow)
    {
        int columns = rows.Count == 0 ? 0 : rows[0].Length;
        var batch = new FieldBatch(columns, Math.Max(rows.Count, 1));
        Fill(batch, rows, firstRow);
        return batch;
    }

    /// <summary>Fills a batch again.</summary>
    public static void Fill(FieldBatch batch, IReadOnlyList<string?[]> rows, long firstRow)
    {
        var bytes = new List<byte>();
        for (int row = 0; row < rows.Count; row++)
        {
            batch.RecordStarts[row] = bytes.Count;
            for (int column = 0; column < rows[row].Length; column++)
            {
                byte[] field = Encoding.UTF8.GetBytes(rows[row][column] ?? "");
                batch.Starts[column][row] = bytes.Count;
                batch.Lengths[column][row] = rows[row][column] is null ? -1 : field.Length;
                bytes.AddRange(field);
                bytes.Add((byte)',');
            }

            bytes[^1] = (byte)'\n';
            batch.RecordLengths[row] = bytes.Count - 1 - batch.RecordStarts[row];
        }

        batch.Bytes = [.. bytes];
        batch.Count = rows.Count;
        batch.FirstRow = firstRow;
        batch.HasFaults = false;
    }

    /// <summary>Marks a record as wrong in its structure.</summary>
    public static FieldBatch WithFault(this FieldBatch batch, int row, FaultCode code)
    {
        if (!batch.HasFaults)
        {
            Array.Clear(batch.Faults);
            batch.HasFaults = true;
        }

        batch.Faults[row] = code;
        return batch;
    }
}
