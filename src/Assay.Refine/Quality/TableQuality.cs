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

    internal void AddRecordFault(FaultCode code) => _recordFaults[(int)code]++;
}
