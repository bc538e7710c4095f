using System.Text;
using Assay.Data;

namespace Assay.Refine.Quality;

/// <summary>The books and the column figures of one table: every record read is in exactly one of the counts.</summary>
public sealed class TableQuality
{
    private readonly long[] _recordFaults = new long[Enum.GetValues<FaultCode>().Length];

    internal TableQuality(CleaningPlan plan)
    {
        Table = plan.Table.Name;
        Columns = [.. plan.Table.Columns.Select(column => new ColumnQuality(column))];
        DerivedFaults = new long[plan.Table.Derive.Count];
        Derived = [.. plan.Table.Derive.Select(column => column.Name)];
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>The records read.</summary>
    public long Read { get; internal set; }

    /// <summary>The rows that went on.</summary>
    public long Accepted { get; internal set; }

    /// <summary>The rows set aside with a reason.</summary>
    public long Quarantined { get; internal set; }

    /// <summary>The rows that another row of the same key replaced.</summary>
    public long Deduplicated { get; internal set; }

    /// <summary>The rows that the table's condition leaves out.</summary>
    public long Filtered { get; internal set; }

    /// <summary>Whether every record read is accounted for.</summary>
    public bool Balances => Read == Accepted + Quarantined + Deduplicated + Filtered;

    /// <summary>The figures of the columns read, in order.</summary>
    public IReadOnlyList<ColumnQuality> Columns { get; }

    /// <summary>The names of the derived columns, in order.</summary>
    public IReadOnlyList<string> Derived { get; }

    /// <summary>The rows of which a derived column could not be computed, by derived column.</summary>
    public long[] DerivedFaults { get; }

    /// <summary>The records that were wrong as a whole, by code.</summary>
    public IEnumerable<(FaultCode Code, long Rows)> RecordFaults =>
        Enum.GetValues<FaultCode>().Where(code => _recordFaults[(int)code] > 0).Select(code => (code, _recordFaults[(int)code]));

    /// <summary>Adds another worker's figures.</summary>
    /// <param name="other">Figures of the same table.</param>
    public void Merge(TableQuality other)
    {
        Read += other.Read;
        Accepted += other.Accepted;
        Quarantined += other.Quarantined;
        Deduplicated += other.Deduplicated;
        Filtered += other.Filtered;
        for (int i = 0; i < Columns.Count; i++)
        {
            Columns[i].Merge(other.Columns[i]);
        }

        for (int i = 0; i < DerivedFaults.Length; i++)
        {
            DerivedFaults[i] += other.DerivedFaults[i];
        }

        for (int i = 0; i < _recordFaults.Length; i++)
        {
            _recordFaults[i] += other._recordFaults[i];
        }
    }

    /// <summary>Moves accepted rows that repeat others of their key, or were replaced by newer ones, to the deduplicated.</summary>
    /// <param name="rows">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than are accepted.</exception>
    public void Deduplicate(long rows)
    {
        Accepted = Less(Accepted, rows);
        Deduplicated += rows;
    }

    /// <summary>Moves rows that are wrong as a whole to the quarantined, after they had been counted as good.</summary>
    /// <param name="code">What is wrong.</param>
    /// <param name="rows">How many.</param>
    /// <param name="wereDeduplicated">Whether they were counted as deduplicated, else as accepted.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than there are.</exception>
    public void SetAside(FaultCode code, long rows, bool wereDeduplicated = false)
    {
        MoveToQuarantined(rows, wereDeduplicated);
        _recordFaults[(int)code] += rows;
    }

    /// <summary>Moves a row of which one value is wrong to the quarantined, after it had been counted as good.</summary>
    /// <param name="code">What is wrong.</param>
    /// <param name="column">The value's column, one that is read.</param>
    /// <param name="sequence">The row's place (<see cref="Sequences"/>). Rows come in ascending order, so that examples are the first.</param>
    /// <param name="value">The value as text; masked in examples when the column holds personal data.</param>
    /// <param name="wasDeduplicated">Whether the row was counted as deduplicated, else as accepted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row left to move.</exception>
    public void SetAside(FaultCode code, string column, long sequence, string? value, bool wasDeduplicated = false)
    {
        MoveToQuarantined(1, wasDeduplicated);
        Columns.First(known => known.Name == column)
            .AddFault(code, Sequences.File(sequence), Sequences.Row(sequence), Encoding.UTF8.GetBytes(value ?? ""));
    }

    /// <summary>Takes back a record that was counted as read and as wrong as a whole: another one stands for it.</summary>
    /// <param name="code">What it was set aside for.</param>
    /// <exception cref="ArgumentOutOfRangeException">No record was.</exception>
    public void LeaveOut(FaultCode code)
    {
        Quarantined = Less(Quarantined, 1);
        _recordFaults[(int)code] = Less(_recordFaults[(int)code], 1);
        Read--;
    }

    private static long Less(long count, long rows) =>
        rows >= 0 && rows <= count ? count - rows : throw new ArgumentOutOfRangeException(nameof(rows), rows, $"There are {count} rows to move.");

    private void MoveToQuarantined(long rows, bool wereDeduplicated)
    {
        if (wereDeduplicated)
        {
            Deduplicated = Less(Deduplicated, rows);
        }
        else
        {
            Accepted = Less(Accepted, rows);
        }

        Quarantined += rows;
    }

    internal void AddRecordFault(FaultCode code) => _recordFaults[(int)code]++;
}
