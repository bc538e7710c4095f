using System.Text;
using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Writes a batch's rejected records into a quarantine buffer. One per worker; a row allocates only when it has several faults.</summary>
internal sealed class QuarantineRows
{
    private readonly CleaningPlan _plan;
    private readonly IReadOnlyList<string> _files;
    private readonly byte[][] _columns;
    private readonly byte[]?[][] _expectations;

    /// <summary>The name of the file that the last rejected record is of: there may be many, and records come file by file.</summary>
    private (int File, byte[] Name) _last = (-1, []);

    public QuarantineRows(CleaningPlan plan, IReadOnlyList<string> files)
    {
        _plan = plan;
        _files = files;
        _columns = [.. plan.Table.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
        int codes = Enum.GetValues<FaultCode>().Length;

        // The last row of expectations is that of the record as a whole.
        _expectations = [.. Enumerable.Range(0, _columns.Length + 1).Select(_ => new byte[]?[codes])];
    }

    /// <summary>Writes the rejected records of a batch.</summary>
    /// <param name="fields">The records.</param>
    /// <param name="refined">What is wrong with them.</param>
    /// <param name="into">Takes them.</param>
    /// <param name="leftOut">Which records are passed over; empty when none is.</param>
    public void Add(FieldBatch fields, RefinedBatch refined, QuarantineBuffer into, ReadOnlySpan<bool> leftOut = default)
    {
        for (int i = 0; i < refined.FaultyCount; i++)
        {
            int row = refined.FaultyRows[i];
            if (leftOut.IsEmpty || !leftOut[row])
            {
                Add(fields, refined, row, into);
            }
        }
    }

    private void Add(FieldBatch fields, RefinedBatch refined, int row, QuarantineBuffer into)
    {
        FaultCode first = refined.RecordFault(row);
        int column = -1;
        string also = "";
        bool isWhole = first != FaultCode.None;
        for (int i = 0; !isWhole && i < _columns.Length; i++)
        {
            FaultCode code = refined.ColumnFault(i, row);
            if (code == FaultCode.None)
            {
                continue;
            }

            if (column < 0)
            {
                (column, first) = (i, code);
            }
            else
            {
                also += $"{(also.Length > 0 ? "; " : "")}{_plan.Table.Columns[i].Name}:{code.Name()}";
            }
        }

        into.Add(
            Name(fields.File),
            fields.FirstRow + row,
            fields.Offset + fields.RecordStarts[row],
            column < 0 ? default : _columns[column],
            first,
            column < 0 ? default : fields.Field(column, row),
            Expectation(column, first),
            also.Length == 0 ? default : Encoding.UTF8.GetBytes(also),
            fields.Record(row));
    }

    private byte[] Name(int file)
    {
        if (_last.File != file)
        {
            _last = (file, Encoding.UTF8.GetBytes(_files[file]));
        }

        return _last.Name;
    }

    private byte[] Expectation(int column, FaultCode code)
    {
        ref byte[]? known = ref _expectations[column < 0 ? _columns.Length : column][(int)code];
        return known ??= Encoding.UTF8.GetBytes(_plan.Expectation(column, code));
    }
}
