using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>
/// Applies a function of texts. When only one input varies and it is text, the function runs once for each
/// distinct text, and its result is kept by code until the pool is emptied.
/// </summary>
internal sealed class TextFunctionOperator : ComputedOperator
{
    private readonly TextFunction _function;
    private readonly int _varying = -1;
    private int[] _known = [];
    private int _generation = -1;

    public TextFunctionOperator(EvaluationContext context, ColumnType type, VectorOperator[] inputs, TextFunction function)
        : base(context, type, inputs)
    {
        _function = function;
        int varying = Array.FindIndex(inputs, input => input is not ConstantOperator);
        bool alone = varying == Array.FindLastIndex(inputs, input => input is not ConstantOperator);
        if (varying >= 0 && alone && inputs[varying].Type.Kind == ColumnKind.String)
        {
            _varying = varying;
        }
    }

    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        if (_varying < 0)
        {
            for (int row = 0; row < count; row++)
            {
                if (!IsNull(row))
                {
                    Result.Values[row] = _function(Context, Inputs, row);
                }
            }

            return;
        }

        PrepareKnown();
        long[] codes = Inputs[_varying].Current.Values;
        if (Result.HasNulls)
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = Result.Nulls[row] ? 0 : Known(codes[row], row);
            }
        }
        else
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = Known(codes[row], row);
            }
        }
    }

    private void PrepareKnown()
    {
        if (_generation != Context.Texts.Generation)
        {
            _generation = Context.Texts.Generation;
            Array.Clear(_known);
        }

        if (_known.Length < Context.Texts.Count)
        {
            Array.Resize(ref _known, Math.Max(Context.Texts.Count, _known.Length * 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Known(long code, int row)
    {
        // Kept as the result and one, as 0 means not known yet.
        int known = _known[code];
        return (known != 0 ? known : Learn(code, row)) - 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Learn(long code, int row)
    {
        int known = (int)_function(Context, Inputs, row) + 1;
        _known[code] = known;
        return known;
    }
}
