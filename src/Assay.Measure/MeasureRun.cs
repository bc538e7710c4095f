using Assay.Data;
using Assay.Measure.Memory;
using Assay.Measure.Memory.Joins;
using Assay.Measure.Plan;

namespace Assay.Measure;

/// <summary>
/// Computes KPIs over streamed rows: workers each take rows of the same table, then are merged. Sums are
/// exact, so the results do not depend on how the rows were shared out. KPIs that score rows against
/// statistics of all rows may need the rows a second time.
/// </summary>
public sealed class MeasureRun
{
    private readonly IReadOnlyList<KpiPlan> _plans;
    private readonly MeasureInputs _inputs;
    private readonly RowWindow?[] _windows;
    private readonly KpiResult?[] _results;
    private readonly Scoring?[] _scorings;

    /// <summary>Makes a run.</summary>
    /// <param name="plans">The KPIs of one table.</param>
    /// <param name="inputs">What they need beside its rows; nothing when left out.</param>
    public MeasureRun(IReadOnlyList<KpiPlan> plans, MeasureInputs? inputs = null)
    {
        _plans = plans;
        _inputs = inputs ?? new MeasureInputs();
        _windows = [.. plans.Select(plan => RowWindow.Of(plan, _inputs))];
        _results = new KpiResult?[plans.Count];
        _scorings = new Scoring?[plans.Count];
    }

    /// <summary>Whether the rows may be needed a second time; then the source must be one that can be read again.</summary>
    public bool MayNeedSecondPass => _plans.Any(plan => plan.NeedsSecondPass);

    /// <summary>After the first pass: whether the rows are needed a second time.</summary>
    public bool NeedsSecondPass => _results.Contains(null);

    /// <summary>The results, in the KPIs' order, once all passes are over.</summary>
    public IReadOnlyList<KpiResult> Results => [.. _results.Select(result => result ?? throw new InvalidOperationException("The passes are not over."))];

    /// <summary>Makes the state of one worker for one pass.</summary>
    /// <param name="pass">1 or 2.</param>
    /// <param name="texts">The pool of the worker's batches.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <returns>The worker's state.</returns>
    /// <exception cref="MeasureException">A table that a KPI joins was not given.</exception>
    public MeasureWorker StartWorker(int pass, TextPool texts, int capacity = RowBatch.DefaultCapacity)
    {
        var evaluator = new VectorEvaluator(texts, capacity);
        KpiState?[] states = [.. _plans.Select((plan, i) => StartState(plan, i, pass, evaluator, texts, capacity))];
        return _plans.Any(plan => plan.Rows.Joins.Count > 0) ? StartJoining(states, texts, capacity) : new MeasureWorker(states);
    }

    /// <summary>Ends a pass: merges what the workers have.</summary>
    /// <param name="workers">All workers of the pass; they are used up.</param>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    public void EndPass(IReadOnlyList<MeasureWorker> workers)
    {
        for (int i = 0; i < _plans.Count; i++)
        {
            if (workers[0].States[i] is not { } merged)
            {
                continue;
            }

            try
            {
                foreach (MeasureWorker worker in workers.Skip(1))
                {
                    merged.Merge(worker.States[i]!);
                }

                End(i, merged);
            }
            catch (OverflowException)
            {
                throw new MeasureException(_plans[i].Definition.Name, "a sum needs more than 128 bits");
            }
        }
    }

    private MeasureWorker StartJoining(KpiState?[] states, TextPool texts, int capacity)
    {
        var joins = new WorkerJoins(_inputs, texts, capacity);
        return new MeasureWorker(states, joins, [.. _plans.Select((plan, i) => states[i] is null ? null : joins.Of(plan))]);
    }

    private KpiState? StartState(KpiPlan plan, int i, int pass, VectorEvaluator evaluator, TextPool texts, int capacity) =>
        (plan, pass) switch
        {
            (GroupedPlan grouped, 1) => new GroupedState(
                grouped, [.. grouped.Keys.Select(key => key.Value)], grouped.Aggregates, _windows[i], evaluator, capacity),
            (ScoredPlan scored, 1) when scored.NeedsSecondPass => new ForeseeingState(scored, _windows[i], evaluator, texts, capacity),
            (ScoredPlan scored, 1) => new ScoredState(scored, scored.BindScoring([]), _windows[i], texts, capacity),
            (ScoredPlan scored, _) when _results[i] is null =>
                new ScoredState(scored, _scorings[i] ?? throw new InvalidOperationException("The first pass is not over."), _windows[i], texts, capacity),
            _ => null,
        };

    private void End(int i, KpiState merged)
    {
        switch (merged)
        {
            case GroupedState grouped:
                _results[i] = GroupedResult.Make((GroupedPlan)_plans[i], grouped, _inputs);
                break;
            case ForeseeingState foreseeing:
                var plan = (ScoredPlan)_plans[i];
                LiteralExpression[] statistics = foreseeing.Statistics();
                _scorings[i] = plan.BindScoring(statistics);
                if (foreseeing.Decide(statistics, _scorings[i]!) is { } decided)
                {
                    _results[i] = Result(plan, decided);
                }

                break;
            case ScoredState scored:
                _results[i] = Result((ScoredPlan)_plans[i], scored);
                break;
        }
    }

    /// <summary>The result of scored rows.</summary>
    internal static KpiResult Result(ScoredPlan plan, ScoredState scored)
    {
        var table = new ResultTable(plan.Definition.Name, plan.Definition.Title, plan.Result, scored.Finish());
        return new KpiResult(plan.Definition, table, [new ResultTotal(plan.Definition.Score!.Total, ColumnType.Integer, (Int128)scored.Flagged)]);
    }
}
