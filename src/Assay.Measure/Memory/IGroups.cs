using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Groups with their keys and aggregates, gathered here or by a database.</summary>
internal interface IGroups
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Adds groups of no rows where a calendar of keys has gaps.</summary>
    /// <exception cref="MeasureException">A key is no part of the calendar, or the gaps are too many.</exception>
    void Fill(FillUnit unit);

    /// <summary>Writes keys, then aggregates, into the first columns of a batch.</summary>
    void Write(RowBatch into);
}
