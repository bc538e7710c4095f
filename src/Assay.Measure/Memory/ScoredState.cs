using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>Scores rows and keeps the best, once the statistics of all rows are known.</summary>
internal sealed class ScoredState : KpiState
{
    private readonly ScoredPlan _plan;
    private readonly Scoring _scoring;
    private readonly List<ScoredRow> _best = [];
    private readonly long[] _scores;
    private readonly int[] _groups;
    private readonly RowBatch _flagged;

    public ScoredState(ScoredPlan plan, Scoring scoring, VectorEvaluator evaluator, TextPool texts, int capacity)
        : base(plan, evaluator)
    {
        _plan = plan;
        _scoring = scoring;
        _scores = new long[capacity];
        _groups = new int[capacity];
        _flagged = new RowBatch(plan.Table, texts, capacity);
    }

    /// <summary>How many rows reached the least score.</summary>
    public long Flagged { get; private set; }

    /// <summary>The best rows, best first.</summary>
    public IReadOnlyList<ScoredRow> Best => _best;

    public override void Add(RowBatch batch)
    {
        Array.Clear(_scores, 0, batch.Count);
        foreach (ScoringRule rule in _scoring.Rules)
        {
            Vector holds = Evaluate(rule.When, batch);
            long[] values = holds.Values;
            if (holds.HasNulls)
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    _scores[row] += holds.Nulls[row] ? 0 : values[row] * rule.Points;
                }
            }
            else
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    _scores[row] += values[row] * rule.Points;
                }
            }
        }

        Array.Fill(_groups, 1, 0, batch.Count);
        LeaveOut(batch, _groups);
        Gather(batch);
        if (_flagged.Count > 0)
        {
            Offer();
        }
    }

    public override void Merge(KpiState other)
    {
        var theirs = (ScoredState)other;
        Flagged += theirs.Flagged;
        foreach (ScoredRow row in theirs._best)
        {
            Insert(row);
        }
    }

    /// <summary>Copies the flagged rows into a small batch, so that only their texts are looked at.</summary>
    private void Gather(RowBatch batch)
    {
        int flagged = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (_scores[row] >= _scoring.Minimum && _groups[row] != 0)
            {
                _groups[flagged] = row;
                _scores[flagged++] = _scores[row];
            }
        }

        Flagged += flagged;
        _flagged.Count = flagged;
        _flagged.RawBytes = batch.RawBytes;
        for (int i = 0; flagged > 0 && i < batch.Columns.Length; i++)
        {
            Copy(batch.Columns[i], _flagged.Columns[i], flagged);
        }
    }

    private void Copy(Vector from, Vector to, int count)
    {
        to.Type = from.Type;
        to.IsWide = from.IsWide;
        to.IsRaw = from.IsRaw;
        to.HasNulls = from.HasNulls;
        for (int i = 0; i < count; i++)
        {
            int row = _groups[i];
            to.Values[i] = from.Values[row];
            to.Nulls[i] = from.Nulls[row];
            if (from.IsWide)
            {
                to.Wide[i] = from.Wide[row];
            }
        }
    }

    private void Offer()
    {
        int columns = _plan.Columns.Count;
        var values = new Vector[columns];
        for (int i = 0; i < columns; i++)
        {
            values[i] = Evaluate(_plan.Columns[i].Value, _flagged);
        }

        for (int row = 0; row < _flagged.Count; row++)
        {
            if (_best.Count == _plan.Limit && !MayBeat(values, row))
            {
                continue;
            }

            var cells = new object?[columns + 2];
            for (int i = 0; i < columns; i++)
            {
                cells[i] = Cells.Read(values[i], row, _plan.Result.Columns[i], _flagged.Texts);
            }

            cells[_plan.ScoreColumn] = (Int128)_scores[row];
            Insert(new ScoredRow(cells, Reasons(row)));
        }
    }

    /// <summary>A quick look at the first column of the order: most rows cannot beat the worst that is kept.</summary>
    private bool MayBeat(Vector[] values, int row)
    {
        if (_plan.OrderBy.Count == 0)
        {
            return true;
        }

        (int column, bool descending) = _plan.OrderBy[0];
        object? cell = column == _plan.ScoreColumn ? (Int128)_scores[row]
            : column < values.Length ? Cells.Read(values[column], row, _plan.Result.Columns[column], _flagged.Texts)
            : null;
        return column > _plan.ScoreColumn || Cells.Compare(cell, _best[^1].Cells[column], descending) <= 0;
    }

    private void Insert(ScoredRow row)
    {
        row.Cells[_plan.ScoreColumn + 1] = row.Reasons;
        int at = _best.Count;
        while (at > 0 && Cells.CompareRows(row.Cells, _best[at - 1].Cells, _plan.OrderBy) < 0)
        {
            at--;
        }

        if (at < _plan.Limit)
        {
            _best.Insert(at, row);
            if (_best.Count > _plan.Limit)
            {
                _best.RemoveAt(_best.Count - 1);
            }
        }
    }

    private string Reasons(int row)
    {
        var reasons = new List<string>();
        foreach (ScoringRule rule in _scoring.Rules)
        {
            Vector holds = Evaluate(rule.When, _flagged);
            if (!holds.IsNull(row) && holds.Values[row] != 0)
            {
                reasons.Add(string.Concat(rule.Reason.Select(part => Text(part, row))));
            }
        }

        return string.Join("; ", reasons);
    }

    private string Text(BoundReasonPart part, int row) => part.Value is null
        ? part.Part.Literal
        : ReasonText.Write(part.Part, part.Value.Type, Evaluate(part.Value, _flagged), row, _flagged.Texts);
}
