using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Quality;

namespace Assay.Refine;

/// <summary>Cleans, types and checks batches of records, column by column. One per worker.</summary>
public sealed class Refiner
{
    private readonly CleaningPlan _plan;
    private readonly VectorEvaluator _evaluator;
    private readonly ColumnDecoder[] _decoders;
    private readonly ColumnFaults _faults;
    private readonly RefinedBatch _refined;
    private readonly RowBatch _rows;
    private readonly int[] _kept;
    private readonly int[] _origin;
    private bool _isCompacted;
    private readonly Vector?[] _copies;

    /// <summary>Makes a refiner.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="texts">The worker's text pool; the refiner empties it between batches when it has grown too large.</param>
    /// <param name="capacity">The most records of a batch.</param>
    public Refiner(CleaningPlan plan, TextPool texts, int capacity = RowBatch.DefaultCapacity)
    {
        _plan = plan;
        Quality = new TableQuality(plan);
        _evaluator = new VectorEvaluator(texts, capacity);
        _faults = new ColumnFaults(plan.Table.Columns.Count, capacity);
        _rows = new RowBatch(plan.Schema, texts, capacity);
        _refined = new RefinedBatch(_rows, _faults, capacity);
        _kept = new int[capacity];
        _origin = new int[capacity];
        _copies = new Vector?[_rows.Columns.Length];
        _decoders = [.. plan.Table.Columns.Select((column, i) => Decoder(column, i, texts, Quality.Columns[i]))];
    }

    /// <summary>The books and figures of what this worker refined.</summary>
    public TableQuality Quality { get; }

    /// <summary>Refines a batch of records.</summary>
    /// <param name="fields">The records, with the fields of <see cref="CleaningPlan.Fields"/> in that order.</param>
    /// <returns>The clean rows and the faults; valid until the next call.</returns>
    public RefinedBatch Refine(FieldBatch fields)
    {
        int count = fields.Count;
        _rows.Texts.TrimIfLarge();
        _faults.Clear();
        _refined.Start(fields);
        _rows.RawBytes = fields.Bytes;
        _rows.Count = count;
        for (int i = 0; i < _decoders.Length; i++)
        {
            Vector column = _rows.Columns[i];
            column.Type = _plan.Schema.Columns[i].Type;
            column.HasNulls = false;
            column.IsWide = false;
            column.IsRaw = false;
            _decoders[i].Decode(fields, column, _faults);
            CheckValues(i, column, count);
        }

        MarkRecordFaults(fields);
        CheckConditions();
        CountNullsAndFaults(fields);
        KeepGoodRows(count);
        Derive();
        Filter();
        _refined.ListFaultyRows(count);
        Quality.Read += count;
        Quality.Quarantined += _refined.FaultyCount;
        Quality.Accepted += _rows.Count;
        return _refined;
    }

    private static ColumnDecoder Decoder(ColumnDefinition column, int ordinal, TextPool texts, ColumnQuality quality) =>
        column.Type.Kind switch
        {
            ColumnKind.String => new TextDecoder(column, ordinal, texts, quality.Values),
            ColumnKind.Integer => new IntegerDecoder(column, ordinal),
            ColumnKind.Decimal => new DecimalDecoder(column, ordinal),
            ColumnKind.Boolean => new BooleanDecoder(column, ordinal),
            _ => new DateDecoder(column, ordinal),
        };

    private void CheckValues(int i, Vector column, int count)
    {
        if (_plan.Bounds[i] is { } bounds)
        {
            long[] values = column.Values;
            for (int row = 0; row < count; row++)
            {
                if ((values[row] < bounds.Minimum || values[row] > bounds.Maximum) && !column.IsNull(row))
                {
                    _faults.Add(i, row, FaultCode.NotBetween);
                }
            }
        }

        if (_plan.Table.Columns[i].Required && column.HasNulls)
        {
            for (int row = 0; row < count; row++)
            {
                if (column.Nulls[row])
                {
                    // A value that is null for another reason keeps that reason: the first fault stands.
                    _faults.Add(i, row, FaultCode.Required);
                }
            }
        }
    }

    private void MarkRecordFaults(FieldBatch fields)
    {
        if (!fields.HasFaults)
        {
            return;
        }

        for (int row = 0; row < fields.Count; row++)
        {
            if (fields.Faults[row] != FaultCode.None)
            {
                _faults.AddRecord(row);
            }
        }
    }

    /// <summary>Runs the declared checks; as in SQL, a check that comes out null passes.</summary>
    private void CheckConditions()
    {
        for (int i = 0; i < _decoders.Length; i++)
        {
            if (_plan.Checks[i] is not { } check)
            {
                continue;
            }

            Vector holds = _evaluator.Evaluate(check, _rows);
            for (int row = 0; row < _rows.Count; row++)
            {
                if (holds.Values[row] == 0 && !holds.IsNull(row))
                {
                    _faults.Add(i, row, FaultCode.CheckFailed);
                }
            }

            if (_evaluator.HasOverflow)
            {
                for (int row = 0; row < _rows.Count; row++)
                {
                    if (_evaluator.Overflow[row])
                    {
                        _faults.Add(i, row, FaultCode.Overflow);
                    }
                }
            }
        }
    }

    private void CountNullsAndFaults(FieldBatch fields)
    {
        for (int i = 0; i < _decoders.Length; i++)
        {
            Quality.Columns[i].Ambiguous = _decoders[i].Ambiguous;
            Vector column = _rows.Columns[i];
            Quality.Columns[i].Nulls += column.HasNulls ? column.Nulls.AsSpan(0, fields.Count).Count(true) : 0;
        }

        if (!_faults.HasAny)
        {
            return;
        }

        for (int row = 0; row < fields.Count; row++)
        {
            if (_faults.Rows[row])
            {
                CountFaults(fields, row);
            }
        }
    }

    /// <summary>Counts what is wrong with a row; a value that is null only because it is wrong is not counted as missing.</summary>
    private void CountFaults(FieldBatch fields, int row)
    {
        bool isWhole = fields.HasFaults && fields.Faults[row] != FaultCode.None;
        if (isWhole)
        {
            Quality.AddRecordFault(fields.Faults[row]);
        }

        for (int i = 0; i < _decoders.Length; i++)
        {
            FaultCode code = _faults.Of(i, row);
            if ((isWhole || code is not (FaultCode.None or FaultCode.Required)) && _rows.Columns[i].IsNull(row))
            {
                Quality.Columns[i].Nulls--;
            }

            if (!isWhole && code != FaultCode.None)
            {
                Quality.Columns[i].AddFault(code, fields.File, fields.FirstRow + row, fields.Field(i, row));
            }
        }
    }

    private void KeepGoodRows(int count)
    {
        int kept = 0;
        bool[] faulty = _faults.Rows;
        _isCompacted = _faults.HasAny;
        if (!_isCompacted)
        {
            return;
        }

        for (int row = 0; row < count; row++)
        {
            _kept[kept] = row;
            kept += faulty[row] ? 0 : 1;
        }

        _kept.AsSpan(0, kept).CopyTo(_origin);
        Keep(kept, _decoders.Length);
        for (int i = 0; i < _decoders.Length; i++)
        {
            // A row without a required value is gone by now, and everything downstream is faster for knowing.
            _rows.Columns[i].HasNulls &= !_plan.Table.Columns[i].Required;
        }
    }

    private void Derive()
    {
        for (int i = 0; i < _plan.Derived.Count; i++)
        {
            Vector value = _evaluator.Evaluate(_plan.Derived[i], _rows);
            _rows.Columns[_decoders.Length + i] = Own(value, _decoders.Length + i);
            if (!_evaluator.HasOverflow)
            {
                continue;
            }

            Quality.DerivedFaults[i] += SetAsideOverflow(_decoders.Length + i + 1);
        }
    }

    /// <summary>Sets aside the rows for which the last expression has no value that fits.</summary>
    /// <param name="columns">How many columns there are so far.</param>
    /// <returns>How many rows they are.</returns>
    private int SetAsideOverflow(int columns)
    {
        int count = _rows.Count;
        int kept = 0;
        for (int row = 0; row < count; row++)
        {
            int origin = _isCompacted ? _origin[row] : row;
            if (_evaluator.Overflow[row])
            {
                _refined.AddDerivedFault(origin);
            }
            else
            {
                _origin[kept] = origin;
                _kept[kept++] = row;
            }
        }

        _isCompacted = true;
        Keep(kept, columns);
        return count - kept;
    }

    /// <summary>A derived column that is another column as it stands gets cells of its own: rows are dropped from each column once.</summary>
    private Vector Own(Vector value, int column)
    {
        if (Array.IndexOf(_rows.Columns, value, 0, column) < 0)
        {
            return value;
        }

        Vector copy = _copies[column] ??= new Vector(value.Capacity);
        copy.Type = value.Type;
        copy.HasNulls = value.HasNulls;
        copy.IsWide = value.IsWide;
        value.Nulls.AsSpan(0, _rows.Count).CopyTo(copy.Nulls);
        value.Values.AsSpan(0, _rows.Count).CopyTo(copy.Values);
        if (value.IsWide)
        {
            value.Wide.AsSpan(0, _rows.Count).CopyTo(copy.Wide);
        }

        return copy;
    }

    private void Filter()
    {
        if (_plan.Where is null)
        {
            return;
        }

        Vector keep = _evaluator.Evaluate(_plan.Where, _rows);
        if (_evaluator.HasOverflow)
        {
            // Neither true nor false: such a row is wrong, not left out.
            SetAsideOverflow(_rows.Columns.Length);
            keep = _evaluator.Evaluate(_plan.Where, _rows);
        }

        int before = _rows.Count;
        int kept = 0;
        for (int row = 0; row < before; row++)
        {
            if (keep.Values[row] != 0 && !keep.IsNull(row))
            {
                _kept[kept++] = row;
            }
        }

        Quality.Filtered += before - kept;
        Keep(kept, _rows.Columns.Length);
    }

    private void Keep(int kept, int columns)
    {
        for (int i = 0; i < columns; i++)
        {
            _rows.Columns[i].Keep(_kept.AsSpan(0, kept));
        }

        _rows.Count = kept;
    }
}
