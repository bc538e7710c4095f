using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>The best-scored rows, best first, at most as many as the KPI keeps.</summary>
internal sealed class BestRows(ScoredPlan plan)
{
    private readonly List<ScoredRow> _rows = [];

    public IReadOnlyList<ScoredRow> Rows => _rows;

    /// <summary>Whether a row can be among the best, by the columns of the order: most rows cannot, and need not be copied.</summary>
    public bool MayTake(Vector[] columns, int row, long score, TextPool texts)
    {
        if (_rows.Count < plan.Limit)
        {
            return true;
        }

        foreach ((int column, bool descending) in plan.OrderBy)
        {
            if (column > plan.ScoreColumn)
            {
                return true;
            }

            object? cell = column == plan.ScoreColumn
                ? (Int128)score
                : Cells.Read(columns[column], row, plan.Result.Columns[column], texts);
            int order = Cells.Compare(cell, _rows[^1].Cells[column], descending);
            if (order != 0)
            {
                return order < 0;
            }
        }

        return true;
    }

    public void Offer(ScoredRow row)
    {
        int at = _rows.Count;
        while (at > 0 && Compare(row, _rows[at - 1]) < 0)
        {
            at--;
        }

        if (at < plan.Limit)
        {
            _rows.Insert(at, row);
            if (_rows.Count > plan.Limit)
            {
                _rows.RemoveAt(_rows.Count - 1);
            }
        }
    }

    /// <summary>
    /// By the table's columns; rows that look the same in it may still have different reasons, so then by all that the KPI
    /// reads of them: rows that tie in this, too, are one another's twins, whatever other columns their table has.
    /// </summary>
    private int Compare(ScoredRow left, ScoredRow right)
    {
        int order = Cells.CompareRows(left.Cells, right.Cells, plan.OrderBy);
        return order != 0 ? order : CapturedRow.Compare(left.Row, right.Row, plan.Read);
    }
}
