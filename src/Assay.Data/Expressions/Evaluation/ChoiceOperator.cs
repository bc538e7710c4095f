using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Takes each row's value from one of its inputs.</summary>
internal abstract class ChoiceOperator : ComputedOperator
{
    private readonly long[][] _values;
    private readonly bool[][] _nulls;

    protected ChoiceOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs)
        : base(context, type, inputs)
    {
        Taken = new int[context.Capacity];
        _values = new long[inputs.Length][];
        _nulls = new bool[inputs.Length][];
    }

    /// <summary>By row, the input that gives its value.</summary>
    protected int[] Taken { get; }

    protected sealed override void Fill(int count)
    {
        int only = Choose(count);
        if (only >= 0 && !Inputs[only].Current.IsWide)
        {
            Array.Copy(Inputs[only].Current.Values, Result.Values, count);
            TakeNulls(Inputs[only].Current, count);
            return;
        }

        bool wide = false;
        bool nulls = false;
        for (int i = 0; i < Inputs.Length; i++)
        {
            Vector input = Inputs[i].Current;
            _values[i] = input.Values;
            _nulls[i] = input.HasNulls ? input.Nulls : Context.NoNulls;
            wide |= input.IsWide && IsValue(i);
            nulls |= input.HasNulls && IsValue(i);
        }

        Result.IsWide = wide;
        Result.HasNulls = nulls;
        if (wide)
        {
            GatherWide(count);
        }
        else
        {
            Gather(Taken, _values, Result.Values, count);
        }

        if (nulls)
        {
            Gather(Taken, _nulls, Result.Nulls, count);
        }
    }

    /// <summary>Fills <see cref="Taken"/>.</summary>
    /// <returns>The input that all rows take, or -1.</returns>
    protected abstract int Choose(int count);

    /// <summary>Whether an input can be taken.</summary>
    protected abstract bool IsValue(int input);

    /// <summary>Whether an input had to be known for a row that takes another.</summary>
    protected abstract bool IsNeeded(int input, int taken);

    protected override void PassOverflowOn(int count)
    {
        for (int row = 0; row < count; row++)
        {
            for (int input = 0; input < Inputs.Length; input++)
            {
                bool needed = input == Taken[row] || IsNeeded(input, Taken[row]);
                MarkOverflow(row, needed && Inputs[input].HasOverflow && Inputs[input].Overflow[row]);
            }
        }
    }

    /// <summary>Makes the rows take an input whose cell is 1 and not null, without a branch.</summary>
    [MethodImpl(Kernel.Hot)]
    protected static void TakeWhereTrue(int[] taken, int input, long[] cells, bool[] nulls, int count)
    {
        for (int row = 0; row < count; row++)
        {
            int old = taken[row];
            int mask = -(int)cells[row] & (Unsafe.As<bool, byte>(ref nulls[row]) - 1);
            taken[row] = old ^ ((old ^ input) & mask);
        }
    }

    /// <summary>Makes the rows take an input that are not null there, without a branch.</summary>
    [MethodImpl(Kernel.Hot)]
    protected static void TakeWhereKnown(int[] taken, int input, bool[] nulls, int count)
    {
        for (int row = 0; row < count; row++)
        {
            int old = taken[row];
            taken[row] = old ^ ((old ^ input) & (Unsafe.As<bool, byte>(ref nulls[row]) - 1));
        }
    }

    [MethodImpl(Kernel.Hot)]
    private static void Gather<T>(int[] taken, T[][] from, T[] result, int count)
        where T : unmanaged
    {
        for (int row = 0; row < count; row++)
        {
            result[row] = from[taken[row]][row];
        }
    }

    private void GatherWide(int count)
    {
        for (int row = 0; row < count; row++)
        {
            Result.Wide[row] = Inputs[Taken[row]].Current.Get(row);
        }
    }
}
