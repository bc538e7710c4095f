using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>An operator that writes its result into a vector of its own.</summary>
internal abstract class ComputedOperator : VectorOperator
{
    protected ComputedOperator(EvaluationContext context, ColumnType type, params VectorOperator[] inputs)
        : base(context, type, inputs) => Result = new Vector(context.Capacity) { Type = type };

    protected Vector Result { get; }

    protected sealed override Vector Compute(RowBatch batch)
    {
        Result.IsWide = false;
        Result.HasNulls = false;
        Fill(batch.Count);
        return Result;
    }

    /// <summary>Computes the result's rows. On entry it is narrow and has no nulls.</summary>
    protected abstract void Fill(int count);

    /// <summary>Makes null each row in which any input is null.</summary>
    protected void TakeNulls(int count)
    {
        foreach (VectorOperator input in Inputs)
        {
            TakeNulls(input.Current, count);
        }
    }

    protected void TakeNulls(Vector from, int count)
    {
        if (!from.HasNulls)
        {
            return;
        }

        if (Result.HasNulls)
        {
            BooleanKernels.Or(Result.Nulls, from.Nulls, count);
        }
        else
        {
            Array.Copy(from.Nulls, Result.Nulls, count);
            Result.HasNulls = true;
        }
    }

    /// <summary>Whether a row of the result is null already. Such rows are left out where values are looked at one by
    /// one, as their inputs' cells mean nothing.</summary>
    protected bool IsNull(int row) => Result.HasNulls && Result.Nulls[row];

    protected void SetNull(int row)
    {
        if (!Result.HasNulls)
        {
            Array.Clear(Result.Nulls);
            Result.HasNulls = true;
        }

        Result.Nulls[row] = true;
    }

    /// <summary>Makes a row null because its value needs more than 128 bits.</summary>
    protected void SetOverflow(int row)
    {
        SetNull(row);
        MarkOverflow(row, true);
    }

    /// <summary>Stores a value; rows come in ascending order. The result turns wide at the first that needs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Store(int row, Int128 value)
    {
        long narrow = (long)value;
        if (!Result.IsWide && narrow == value)
        {
            Result.Values[row] = narrow;
        }
        else
        {
            StoreWide(row, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StoreWide(int row, Int128 value)
    {
        Int128[] wide = Result.Wide;
        for (int i = 0; !Result.IsWide && i < row; i++)
        {
            wide[i] = Result.Values[i];
        }

        Result.IsWide = true;
        wide[row] = value;
    }
}
