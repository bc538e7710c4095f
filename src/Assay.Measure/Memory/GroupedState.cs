using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory;

/// <summary>Groups and their aggregates.</summary>
internal sealed class GroupedState : KpiState, IGroups
{
    private readonly IReadOnlyList<BoundExpression> _keys;
    private readonly IReadOnlyList<BoundAggregate> _plans;
    private readonly Aggregate[] _aggregates;
    private readonly Vector[] _keyValues;
    private readonly int[] _groups;

    public GroupedState(
        KpiPlan plan,
        IReadOnlyList<BoundExpression> keys,
        IReadOnlyList<BoundAggregate> aggregates,
        RowWindow? window,
        VectorEvaluator evaluator,
        int capacity)
        : base(plan, window, evaluator)
    {
        _keys = keys;
        _plans = aggregates;
        _aggregates = [.. aggregates.Select(aggregate => aggregate.Create())];
        _keyValues = new Vector[keys.Count];
        _groups = new int[capacity];
        Index = new GroupIndex([.. keys.Select(key => key.Type)], capacity);
        EnsureGroups();
    }

    public GroupIndex Index { get; }

    public int Count => Index.Count;

    public override void Add(RowBatch batch)
    {
        if (IsSelective)
        {
            Array.Fill(_groups, 1, 0, batch.Count);
            LeaveOut(batch, _groups);
        }

        for (int key = 0; key < _keys.Count; key++)
        {
            _keyValues[key] = Evaluate(_keys[key], batch);
        }

        Index.Assign(_keyValues, batch, _groups, IsSelective);
        EnsureGroups();
        for (int i = 0; i < _aggregates.Length; i++)
        {
            Vector? argument = _plans[i].Argument is { } expression ? Evaluate(expression, batch) : null;
            if (_keys.Count > 0 || IsSelective)
            {
                _aggregates[i].Add(_groups, argument, batch);
            }
            else
            {
                _aggregates[i].AddToFirst(_groups, argument, batch);
            }
        }
    }

    public override void Merge(KpiState other)
    {
        var theirs = (GroupedState)other;
        int[] map = Index.Map(theirs.Index);
        EnsureGroups();
        for (int i = 0; i < _aggregates.Length; i++)
        {
            _aggregates[i].Merge(theirs._aggregates[i], map);
        }
    }

    public void Fill(FillUnit unit)
    {
        CalendarFill.Fill(Kpi, Index, unit);
        EnsureGroups();
    }

    public void Write(RowBatch into)
    {
        for (int key = 0; key < _keys.Count; key++)
        {
            Index.WriteKey(key, into.Columns[key], into.Texts);
        }

        for (int i = 0; i < _aggregates.Length; i++)
        {
            _aggregates[i].Write(Index.Count, into.Columns[_keys.Count + i], into.Texts);
        }

        into.Count = Index.Count;
    }

    private void EnsureGroups()
    {
        foreach (Aggregate aggregate in _aggregates)
        {
            aggregate.EnsureGroups(Index.Count + 1);
        }
    }
}
