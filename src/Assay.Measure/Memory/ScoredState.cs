using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>Scores rows against known statistics, counts the flagged and keeps the best.</summary>
internal sealed class ScoredState : KpiState
{
    private readonly ScoredPlan _plan;
    private readonly RuleScores _scores;
    private readonly int[] _groups;
    private readonly int[] _picked;
    private readonly RowBatch _flagged;
    private readonly Vector[] _columns;

    public ScoredState(ScoredPlan plan, Scoring scoring, RowWindow? window, TextPool texts, int capacity)
        : base(plan, window, new VectorEvaluator(texts, capacity))
    {
        _plan = plan;
        Low = scoring;
        High = scoring;
        Best = new BestRows(plan);
        _scores = new RuleScores(capacity);
        _groups = new int[capacity];
        _picked = new int[capacity];
        _flagged = new RowBatch(plan.Table, texts, capacity);
        _columns = new Vector[plan.Shown.Count];
    }

    /// <summary>The rules, with the statistics' values put in.</summary>
    public Scoring Low { get; private set; }

    /// <summary>The rules with higher values of the statistics; the same as <see cref="Low"/> when the values are final.</summary>
    public Scoring High { get; private set; }

    /// <summary>Takes the rows whose score depends on where between the two the statistics come to lie.</summary>
    public List<CapturedRow> Undecided { get; } = [];

    /// <summary>How many rows reached the least score.</summary>
    public long Flagged { get; private set; }

    /// <summary>The best rows.</summary>
    public BestRows Best { get; }

    /// <summary>Scores the rows to come by other rules.</summary>
    public void Use(Scoring low, Scoring high)
    {
        Low = low;
        High = high;

        // The room that the evaluator keeps for the old rules goes with it.
        Evaluator = new VectorEvaluator(_flagged.Texts, _picked.Length);
    }

    public override void Add(RowBatch batch)
    {
        _scores.Compute(Low, High, batch, Evaluate);
        Array.Fill(_groups, 1, 0, batch.Count);
        LeaveOut(batch, _groups);
        int flagged = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (_scores.Greatest[row] < Low.Minimum || _groups[row] == 0)
            {
                continue;
            }

            if (_scores.Least[row] != _scores.Greatest[row])
            {
                Undecided.Add(CapturedRows.Take(batch, row));
                continue;
            }

            _scores.Least[flagged] = _scores.Least[row];
            _picked[flagged++] = row;
        }

        if (flagged > 0)
        {
            Flagged += flagged;
            Gather(batch, flagged);
            OfferFlagged();
        }
    }

    public override void Merge(KpiState other)
    {
        var theirs = (ScoredState)other;
        Flagged += theirs.Flagged;
        Undecided.AddRange(theirs.Undecided);
        foreach (ScoredRow row in theirs.Best.Rows)
        {
            Best.Offer(row);
        }
    }

    /// <summary>Scores rows that were set aside as undecided.</summary>
    public void Add(IReadOnlyList<CapturedRow> rows)
    {
        var batch = new RowBatch(_plan.Table, _flagged.Texts, _picked.Length);
        for (int from = 0; from < rows.Count; from += _picked.Length)
        {
            CapturedRows.Put(rows, from, Math.Min(_picked.Length, rows.Count - from), batch);
            Add(batch);
        }
    }

    /// <summary>The best rows' cells, with their reasons, now that the statistics are final.</summary>
    public IReadOnlyList<object?[]> Finish()
    {
        for (int i = 0; i < Best.Rows.Count; i++)
        {
            CapturedRows.Put([Best.Rows[i].Row], 0, 1, _flagged);
            Best.Rows[i].Cells[_plan.ScoreColumn + 1] = Reasons();
        }

        return [.. Best.Rows.Select(row => row.Cells)];
    }

    /// <summary>Copies the flagged rows into a small batch, so that only their texts are looked at.</summary>
    private void Gather(RowBatch batch, int count)
    {
        _flagged.Count = count;
        _flagged.RawBytes = batch.RawBytes;
        for (int i = 0; i < batch.Columns.Length; i++)
        {
            Vector from = batch.Columns[i];
            Vector to = _flagged.Columns[i];
            to.Type = from.Type;
            to.IsWide = from.IsWide;
            to.IsRaw = from.IsRaw;
            to.HasNulls = from.HasNulls;
            for (int picked = 0; picked < count; picked++)
            {
                int row = _picked[picked];
                to.Values[picked] = from.Values[row];
                to.Nulls[picked] = from.Nulls[row];
                if (from.IsWide)
                {
                    to.Wide[picked] = from.Wide[row];
                }
            }
        }
    }

    /// <summary>
    /// Offers the flagged rows to the best. Most cannot be among them, and the columns of the order tell; the
    /// others' columns are not looked at, so that a million ids are not read to find the best five rows.
    /// </summary>
    private void OfferFlagged()
    {
        foreach ((int column, _) in _plan.OrderBy)
        {
            if (column < _columns.Length)
            {
                _columns[column] = Evaluate(_plan.Shown[column].Value, _flagged);
            }
        }

        int taken = 0;
        for (int row = 0; row < _flagged.Count; row++)
        {
            if (Best.MayTake(_columns, row, _scores.Least[row], _flagged.Texts))
            {
                _scores.Least[taken] = _scores.Least[row];
                _picked[taken++] = row;
            }
        }

        if (taken == 0)
        {
            return;
        }

        _flagged.Keep(_picked.AsSpan(0, taken));
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = Evaluate(_plan.Shown[i].Value, _flagged);
        }

        for (int row = 0; row < taken; row++)
        {
            var cells = new object?[_columns.Length + 2];
            for (int i = 0; i < _columns.Length; i++)
            {
                cells[i] = Cells.Read(_columns[i], row, _plan.Result.Columns[i], _flagged.Texts);
            }

            cells[_plan.ScoreColumn] = (Int128)_scores.Least[row];
            Best.Offer(new ScoredRow(cells, CapturedRows.Take(_flagged, row)));
        }
    }

    /// <summary>The reasons of the one row of the small batch.</summary>
    private string Reasons()
    {
        var reasons = new List<string>();
        foreach (ScoringRule rule in Low.Rules)
        {
            Vector holds = Evaluate(rule.When, _flagged);
            if (!holds.IsNull(0) && holds.Values[0] != 0)
            {
                reasons.Add(string.Concat(rule.Reason.Select(Text)));
            }
        }

        return string.Join("; ", reasons);
    }

    private string Text(BoundReasonPart part) => part.Value is null
        ? part.Part.Literal
        : ReasonText.Write(part.Part, part.Value.Type, Evaluate(part.Value, _flagged), 0, _flagged.Texts);
}
