using Assay.Data;

namespace Assay.Measure.Memory.Joins;

/// <summary>
/// What one worker has of one join: the lookup row of each row of the batch, found once for all KPIs that join in the
/// same way, and the joined columns, filled when one of them asks.
/// </summary>
internal sealed class LookupProbe
{
    private readonly LookupTable _table;
    private readonly LookupProbe? _via;
    private readonly int _column;
    private readonly TextPool _texts;
    private readonly int[] _rows;
    private readonly Vector?[] _filled;
    private readonly long[] _filledFor;
    private long _batch;
    private bool _hasRows;
    private bool _hasMisses;

    // By code of the worker's pool: 0 for not looked up yet, -1 for a key that is not there, else its row and one.
    private int[] _rowOfCode = [];
    private int _generation = -1;

    // By code of the lookup table's pool: the worker's generation and code in the two halves; 0 for none yet.
    private long[] _codes = [];

    /// <param name="table">The joined table.</param>
    /// <param name="via">The join before whose column is looked up; null when it is one of the KPIs' table.</param>
    /// <param name="column">The column that is looked up, of that join's lookup table or of the KPIs' table.</param>
    /// <param name="texts">The worker's pool.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    public LookupProbe(LookupTable table, LookupProbe? via, int column, TextPool texts, int capacity)
    {
        _table = table;
        _via = via;
        _column = column;
        _texts = texts;
        _rows = new int[capacity];
        _filled = new Vector?[table.Columns.Count];
        _filledFor = new long[table.Columns.Count];
    }

    /// <summary>Turns to the next batch.</summary>
    public void Begin()
    {
        _batch++;
        _hasRows = false;
    }

    /// <summary>A joined column for the rows of the batch.</summary>
    /// <param name="column">Which, of the lookup table.</param>
    /// <param name="batch">The rows of the KPIs' table.</param>
    public Vector Column(int column, RowBatch batch)
    {
        Vector vector = _filled[column] ??= new Vector(_rows.Length) { Type = _table.Schema.Columns[column].Type };
        if (_filledFor[column] != _batch)
        {
            _filledFor[column] = _batch;
            FindRows(batch);
            Fill(vector, _table.Columns[column], batch.Count);
        }

        return vector;
    }

    private void FindRows(RowBatch batch)
    {
        if (_hasRows)
        {
            return;
        }

        _hasRows = true;
        Vector key = _via is null ? batch.Column(_column) : _via.Column(_column, batch);
        switch (_table.Index)
        {
            case TextLookupIndex texts:
                FindTexts(texts, key, batch.Count);
                break;
            case NumberLookupIndex numbers:
                for (int row = 0; row < batch.Count; row++)
                {
                    _rows[row] = !key.IsNull(row) && key.Get(row) is var value && (long)value == value ? numbers.Find((long)value) : -1;
                }

                break;
        }

        _hasMisses = _rows.AsSpan(0, batch.Count).Contains(-1);
    }

    private void FindTexts(TextLookupIndex index, Vector key, int count)
    {
        if (_texts.Generation != _generation)
        {
            Array.Clear(_rowOfCode);
            _generation = _texts.Generation;
        }

        if (_texts.Count > _rowOfCode.Length)
        {
            Array.Resize(ref _rowOfCode, _texts.Count * 2);
        }

        for (int row = 0; row < count; row++)
        {
            if (key.IsNull(row))
            {
                _rows[row] = -1;
                continue;
            }

            int code = (int)key.Values[row];
            int found = _rowOfCode[code];
            if (found == 0)
            {
                found = index.Find(_texts[code]) is >= 0 and int place ? place + 1 : -1;
                _rowOfCode[code] = found;
            }

            _rows[row] = found < 0 ? -1 : found - 1;
        }
    }

    private void Fill(Vector into, LookupColumn from, int count)
    {
        ReadOnlySpan<bool> nulls = from.Nulls;
        into.HasNulls = _hasMisses || !nulls.IsEmpty;
        into.IsWide = from.IsWide;
        into.IsRaw = false;
        if (into.HasNulls)
        {
            for (int row = 0; row < count; row++)
            {
                into.Nulls[row] = _rows[row] < 0 || (!nulls.IsEmpty && nulls[_rows[row]]);
            }
        }

        if (from.IsText)
        {
            FillTexts(into, from.Codes, count);
        }
        else if (from.IsWide)
        {
            for (int row = 0; row < count; row++)
            {
                into.Wide[row] = into.IsNull(row) ? 0 : from.Wide[_rows[row]];
            }
        }
        else
        {
            for (int row = 0; row < count; row++)
            {
                into.Values[row] = into.IsNull(row) ? 0 : from.Numbers[_rows[row]];
            }
        }
    }

    private void FillTexts(Vector into, ReadOnlySpan<int> codes, int count)
    {
        if (_table.Texts.Count > _codes.Length)
        {
            _codes = new long[_table.Texts.Count];
        }

        // One more than the generation, so that the 0 of a new array is none.
        long generation = (long)(_texts.Generation + 1) << 32;
        for (int row = 0; row < count; row++)
        {
            if (into.IsNull(row))
            {
                into.Values[row] = 0;
                continue;
            }

            int theirs = codes[_rows[row]];
            long known = _codes[theirs];
            if ((known & ~0xFFFFFFFFL) != generation)
            {
                known = generation | (uint)_texts.Intern(_table.Texts[theirs]);
                _codes[theirs] = known;
            }

            into.Values[row] = known & 0xFFFFFFFFL;
        }
    }
}
