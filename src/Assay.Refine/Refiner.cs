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
    private readonly ColumnFaults _nulled;
    private readonly ValueChecks _checks;
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
        _nulled = new ColumnFaults(plan.Table.Columns.Count, plan.NullsInvalid ? capacity : 0);
        _checks = new ValueChecks(plan, _evaluator, _faults, _nulled);
        _rows = new RowBatch(plan.Schema, texts, capacity);
        _refined = new RefinedBatch(_rows, _faults, capacity);
        _kept = new int[capacity];
        _origin = new int[capacity];
        _copies = new Vector?[_rows.Columns.Length];
        _decoders = [.. plan.Table.Columns.Select((column, i) => Decoder(column, i, texts, Quality.Columns[i], plan.TimeZone))];
    }

    /// <summary>The books and figures of what this worker refined.</summary>
    public TableQuality Quality { get; }

    /// <summary>Refines a batch of records.</summary>
    /// <param name="fields">The records, with the fields of <see cref="CleaningPlan.Fields"/> in that order.</param>
    /// <returns>The clean rows and the faults; valid until the next call.</returns>
    public RefinedBatch Refine(FieldBatch fields) => Refine(fields, default);

    /// <summary>Refines a batch of records of which another table set some aside: they are quarantined here too, as
    /// <see cref="FaultCode.ParentRejected"/>, and their values are not looked at.</summary>
    /// <param name="fields">The records, with the fields of <see cref="CleaningPlan.Fields"/> in that order.</param>
    /// <param name="rejected">For each record, whether it was set aside; empty when none was.</param>
    /// <returns>The clean rows and the faults; valid until the next call.</returns>
    public RefinedBatch Refine(FieldBatch fields, ReadOnlySpan<bool> rejected)
    {
        int count = fields.Count;
        _rows.Texts.TrimIfLarge();
        _faults.Clear();
        _nulled.Clear();
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
            _decoders[i].Decode(fields, column, _checks.FaultsOf(i));
            _checks.CheckValues(i, column, count);
        }

        MarkRecordFaults(fields, rejected);
        _checks.CheckConditions(_rows);
        CountNullsAndFaults(fields);
        KeepGoodRows(count);
        Derive();
        Filter();
        _refined.SetRecords(_isCompacted ? _origin : null);
        _refined.ListFaultyRows(count);
        Quality.Read += count;
        Quality.Quarantined += _refined.FaultyCount;
        Quality.Accepted += _rows.Count;
        return _refined;
    }

    private static ColumnDecoder Decoder(ColumnDefinition column, int ordinal, TextPool texts, ColumnQuality quality, TimeZoneInfo zone) =>
        column.Type.Kind switch
        {
            ColumnKind.String => new TextDecoder(column, ordinal, texts, quality.Values),
            ColumnKind.Integer => new IntegerDecoder(column, ordinal),
            ColumnKind.Decimal => new DecimalDecoder(column, ordinal),
            ColumnKind.Boolean => new BooleanDecoder(column, ordinal),
            _ => new DateDecoder(column, ordinal, zone),
        };

    private void MarkRecordFaults(FieldBatch fields, ReadOnlySpan<bool> rejected)
    {
        for (int row = 0; fields.HasFaults && row < fields.Count; row++)
        {
            if (fields.Faults[row] != FaultCode.None)
            {
                _faults.AddRecord(row);
            }
        }

        for (int row = 0; row < rejected.Length; row++)
        {
            if (rejected[row])
            {
                _refined.AddRecordFault(row, FaultCode.ParentRejected);
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

        for (int row = 0; _faults.HasAny && row < fields.Count; row++)
        {
            if (_faults.Rows[row])
            {
                CountFaults(fields, row);
            }
        }

        for (int row = 0; _nulled.HasAny && row < fields.Count; row++)
        {
            if (_nulled.Rows[row] && _refined.RecordFault(row) == FaultCode.None)
            {
                CountNulled(fields, row);
            }
        }
    }

    private void CountNulled(FieldBatch fields, int row)
    {
        for (int i = 0; i < _decoders.Length; i++)
        {
            FaultCode code = _nulled.Of(i, row);
            if (code != FaultCode.None)
            {
                Quality.Columns[i].Nulls--;
                Quality.Columns[i].AddNulled(code, fields.File, fields.FirstRow + row, fields.Field(i, row));
            }
        }
    }

    /// <summary>Counts what is wrong with a row; a value that is null only because it is wrong is not counted as missing.</summary>
    private void CountFaults(FieldBatch fields, int row)
    {
        FaultCode whole = _refined.RecordFault(row);
        bool isWhole = whole != FaultCode.None;
        if (isWhole)
        {
            Quality.AddRecordFault(whole);
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
                _refined.AddRecordFault(origin, FaultCode.Overflow);
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
                _origin[kept] = _isCompacted ? _origin[row] : row;
                _kept[kept++] = row;
            }
        }

        _isCompacted = true;
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
