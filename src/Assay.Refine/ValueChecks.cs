using System.Runtime.Intrinsics;
using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine;

/// <summary>
/// Holds the typed values of a batch against what their columns declare. A wrong value is a fault of its row or,
/// where the column says so, becomes a missing one. One per worker.
/// </summary>
internal sealed class ValueChecks
{
    private readonly CleaningPlan _plan;
    private readonly VectorEvaluator _evaluator;
    private readonly ColumnFaults _faults;
    private readonly ColumnFaults _nulled;

    /// <param name="plan">What the columns declare.</param>
    /// <param name="evaluator">The worker's evaluator.</param>
    /// <param name="faults">Gets the faults of rows.</param>
    /// <param name="nulled">Gets the faults of values that become missing ones.</param>
    public ValueChecks(CleaningPlan plan, VectorEvaluator evaluator, ColumnFaults faults, ColumnFaults nulled)
    {
        _plan = plan;
        _evaluator = evaluator;
        _faults = faults;
        _nulled = nulled;
    }

    /// <summary>Where a column's faults go.</summary>
    public ColumnFaults FaultsOf(int column) => _plan.Table.Columns[column].InvalidIsNull ? _nulled : _faults;

    /// <summary>Tests bounds, and whether required values are there; then takes out what is wrong.</summary>
    public void CheckValues(int i, Vector column, int count)
    {
        ColumnFaults faults = FaultsOf(i);
        if (_plan.Bounds[i] is { } bounds)
        {
            CheckBounds(i, bounds, column, count, faults);
        }

        if (_plan.Table.Columns[i].Required && column.HasNulls)
        {
            for (int row = 0; row < count; row++)
            {
                if (column.Nulls[row])
                {
                    // A value that is null for another reason keeps that reason: the first fault stands.
                    faults.Add(i, row, FaultCode.Required);
                }
            }
        }

        TakeOutInvalid(i, column, count);
    }

    /// <summary>Runs the declared checks; as in SQL, a check that comes out null passes. Those that make values missing come
    /// first, so that no check of another column sees a wrong value that will not be there.</summary>
    public void CheckConditions(RowBatch rows)
    {
        for (int i = 0; _plan.NullsInvalid && i < _plan.Checks.Count; i++)
        {
            if (_plan.Checks[i] is { } check && _plan.Table.Columns[i].InvalidIsNull)
            {
                CheckCondition(i, check, rows);
                TakeOutInvalid(i, rows.Columns[i], rows.Count);
            }
        }

        for (int i = 0; i < _plan.Checks.Count; i++)
        {
            if (_plan.Checks[i] is { } check && !_plan.Table.Columns[i].InvalidIsNull)
            {
                CheckCondition(i, check, rows);
            }
        }
    }

    private static void CheckBounds(int i, ValueBounds bounds, Vector column, int count, ColumnFaults faults)
    {
        ReadOnlySpan<long> values = column.Values.AsSpan(0, count);
        Vector256<long> minimum = Vector256.Create(bounds.Minimum);
        Vector256<long> maximum = Vector256.Create(bounds.Maximum);
        for (int from = 0; from < values.Length; from += Vector256<long>.Count)
        {
            // Nearly all are right, and four are seen to be at once.
            if (from + Vector256<long>.Count <= values.Length)
            {
                Vector256<long> four = Vector256.Create(values[from..]);
                if ((Vector256.LessThan(four, minimum) | Vector256.GreaterThan(four, maximum)) == Vector256<long>.Zero)
                {
                    continue;
                }
            }

            for (int row = from; row < Math.Min(from + Vector256<long>.Count, values.Length); row++)
            {
                if ((values[row] < bounds.Minimum || values[row] > bounds.Maximum) && !column.IsNull(row))
                {
                    faults.Add(i, row, FaultCode.NotBetween);
                }
            }
        }
    }

    private void CheckCondition(int i, BoundExpression check, RowBatch rows)
    {
        ColumnFaults faults = FaultsOf(i);
        Vector holds = _evaluator.Evaluate(check, rows);
        for (int row = 0; row < rows.Count; row++)
        {
            if (holds.Values[row] == 0 && !holds.IsNull(row))
            {
                faults.Add(i, row, FaultCode.CheckFailed);
            }
        }

        for (int row = 0; _evaluator.HasOverflow && row < rows.Count; row++)
        {
            if (_evaluator.Overflow[row])
            {
                faults.Add(i, row, FaultCode.Overflow);
            }
        }
    }

    private void TakeOutInvalid(int i, Vector column, int count)
    {
        if (!_nulled.HasColumn(i))
        {
            return;
        }

        for (int row = 0; row < count; row++)
        {
            if (_nulled.Of(i, row) != FaultCode.None)
            {
                ColumnDecoder.SetNull(column, row);
            }
        }
    }
}
