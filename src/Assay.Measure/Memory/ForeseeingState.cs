using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>
/// Scores rows while the statistics they are scored against are still being gathered, so that most data is
/// read once. The statistics so far bound where the final ones will lie; nearly every row scores the same
/// at both bounds, and is done with; the few others wait. If in the end a bound did not hold, or too many
/// rows had to wait, the work is thrown away and the rows are read a second time. The result is the same
/// either way.
/// </summary>
internal sealed class ForeseeingState : KpiState
{
    /// <summary>Rows that may wait: at some hundred bytes each less than a megabyte, whatever the size of the data.</summary>
    internal const int MostUndecided = 1024;

    /// <summary>The first bounds, in thousandths: wide, because the first rows tell little. The mean of a thousand amounts of
    /// which one in a hundred is a thousand times the others is more than a third away from that of all in every fourth case.</summary>
    private const int FirstMargin = 600;

    /// <summary>The narrowest bounds worth having.</summary>
    private const int LeastMargin = 2;

    private readonly ScoredPlan _plan;
    private readonly GroupedState _statistics;
    private readonly ScoredState _scored;
    private readonly StatisticBounds _bounds = new();
    private readonly RowBatch _aggregates;
    private int _margin = FirstMargin;
    private bool _hasScoring;
    private bool _gaveUp;

    public ForeseeingState(ScoredPlan plan, RowWindow? window, VectorEvaluator evaluator, TextPool texts, int capacity)
        : base(plan, window, evaluator)
    {
        _plan = plan;
        _statistics = new GroupedState(plan, [], plan.Aggregates, window, evaluator, capacity);
        var none = new Scoring([], int.MaxValue);
        _scored = new ScoredState(plan, none, window, texts, capacity);
        _aggregates = new RowBatch(plan.StatisticsSchema, new TextPool(), 1);
        _gaveUp = !plan.CanForesee;
    }

    public override void Add(RowBatch batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        _statistics.Add(batch);
        if (_gaveUp)
        {
            return;
        }

        try
        {
            Score(batch);
        }
        catch (MeasureException)
        {
            // What does not fit with an estimate may fit with the final statistics: they decide, in a second pass.
            _gaveUp = true;
        }
    }

    private void Score(RowBatch batch)
    {
        if (!_hasScoring)
        {
            Estimate();
        }

        _scored.Add(batch);
        while (_scored.Undecided.Count > MostUndecided && !_gaveUp)
        {
            Narrow();
        }
    }

    public override void Merge(KpiState other)
    {
        var theirs = (ForeseeingState)other;
        _statistics.Merge(theirs._statistics);
        _scored.Merge(theirs._scored);
        _bounds.Merge(theirs._bounds);
        _gaveUp |= theirs._gaveUp;
    }

    /// <summary>The final statistics.</summary>
    public LiteralExpression[] Statistics()
    {
        _statistics.Write(_aggregates);
        return _plan.Statistics(_aggregates);
    }

    /// <summary>Decides what was left open, with the final statistics.</summary>
    /// <param name="final">The final statistics.</param>
    /// <param name="scoring">The rules with them put in.</param>
    /// <returns>The scored rows; null when the rows must be read again.</returns>
    public ScoredState? Decide(LiteralExpression[] final, Scoring scoring)
    {
        if (_gaveUp || !_bounds.Hold(final))
        {
            return null;
        }

        CapturedRow[] undecided = [.. _scored.Undecided];
        _scored.Undecided.Clear();
        _scored.Use(scoring, scoring);
        _scored.Add(undecided);
        return _scored;
    }

    private void Estimate()
    {
        (LiteralExpression[] low, LiteralExpression[] high) = _bounds.Around(Statistics(), _margin);
        _hasScoring = _bounds.AreUsable;
        _gaveUp = !_bounds.AreUsable;
        if (!_gaveUp)
        {
            _scored.Use(_plan.BindScoring(low), _plan.BindScoring(high));
        }
    }

    /// <summary>Too many rows wait: draws the bounds closer around what is known by now, and looks at them again.</summary>
    private void Narrow()
    {
        _margin /= 2;
        CapturedRow[] undecided = [.. _scored.Undecided];
        _scored.Undecided.Clear();
        if (_margin < LeastMargin)
        {
            _gaveUp = true;
            return;
        }

        Estimate();
        if (!_gaveUp)
        {
            _scored.Add(undecided);
        }
    }
}
