using Assay.Data;
using Assay.Measure.Memory;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Query;

/// <summary>Groups that a database gathered.</summary>
internal sealed class QueriedGroups : IGroups
{
    private readonly string _kpi;
    private readonly GroupIndex _index;
    private readonly Vector[] _keys;
    private readonly IReadOnlyList<QueriedAggregate> _aggregates;
    private TextPool? _texts;
    private int[] _groups = new int[RowBatch.DefaultCapacity];

    public QueriedGroups(string kpi, IReadOnlyList<ColumnType> keys, IReadOnlyList<QueriedAggregate> aggregates)
    {
        _kpi = kpi;
        _index = new GroupIndex(keys, RowBatch.DefaultCapacity);
        _keys = new Vector[keys.Count];
        _aggregates = aggregates;
        EnsureGroups();
    }

    public int Count => _index.Count;

    /// <summary>Takes rows of keys and figures.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="figures">What keeps each column after the keys.</param>
    /// <exception cref="OverflowException">A key needs more than 64 bits.</exception>
    public void Add(RowBatch rows, IReadOnlyList<Aggregate> figures)
    {
        if (rows.Count > _groups.Length)
        {
            _groups = new int[rows.Count];
            _index.EnsureRows(rows.Count);
        }

        if (_texts != rows.Texts)
        {
            _index.TurnToOtherPool();
            _texts = rows.Texts;
        }

        for (int key = 0; key < _keys.Length; key++)
        {
            _keys[key] = rows.Column(key);
        }

        _index.Assign(_keys, rows, _groups, isSelective: false);
        EnsureGroups();
        for (int i = 0; i < figures.Count; i++)
        {
            figures[i].Add(_groups, rows.Column(_keys.Length + i), rows);
        }
    }

    public void Fill(FillUnit unit)
    {
        CalendarFill.Fill(_kpi, _index, unit);
        EnsureGroups();
    }

    public void Write(RowBatch into)
    {
        for (int key = 0; key < _keys.Length; key++)
        {
            _index.WriteKey(key, into.Columns[key], into.Texts);
        }

        for (int i = 0; i < _aggregates.Count; i++)
        {
            _aggregates[i].Write(_index.Count, into.Columns[_keys.Length + i], into.Texts);
        }

        into.Count = _index.Count;
    }

    private void EnsureGroups()
    {
        foreach (QueriedAggregate aggregate in _aggregates)
        {
            aggregate.EnsureGroups(_index.Count + 1);
        }
    }
}
