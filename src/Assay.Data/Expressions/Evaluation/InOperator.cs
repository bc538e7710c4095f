using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Assay.Data;

/// <summary>Tells whether a value is one of several constants; null, when it is not and one of them is null.</summary>
internal sealed class InOperator : ComputedOperator
{
    /// <summary>Up to this many values a look at all of them is quicker than a hash.</summary>
    private const int MostToScan = 16;

    private readonly bool _hasNull;
    private readonly byte[][] _texts;
    private readonly Int128[] _values;
    private readonly long[] _narrow;
    private readonly HashSet<long> _hashed;
    private bool[] _codes = [];
    private int _generation = -1;

    public InOperator(EvaluationContext context, VectorOperator input, IReadOnlyList<BoundConstant> constants)
        : base(context, ColumnType.Boolean, input)
    {
        _hasNull = constants.Any(constant => constant.IsNull);
        BoundConstant[] known = [.. constants.Where(constant => !constant.IsNull)];
        _texts = [.. known.Where(constant => constant.Text is not null).Select(constant => Encoding.UTF8.GetBytes(constant.Text!))];
        _values = [.. known.Select(constant => AtScale(constant, input.Type.Scale)).OfType<Int128>()];
        _narrow = [.. _values.Where(value => value == (long)value).Select(value => (long)value)];
        _hashed = [.. _narrow];
    }

    protected override void Fill(int count)
    {
        TakeNulls(count);
        Vector from = Inputs[0].Current;
        if (Inputs[0].Type.Kind == ColumnKind.String)
        {
            FindCodes(from.Values, count);
        }
        else if (from.IsWide)
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = Array.IndexOf(_values, from.Wide[row]) >= 0 ? 1 : 0;
            }
        }
        else
        {
            FindValues(from.Values, count);
        }

        for (int row = 0; _hasNull && row < count; row++)
        {
            if (Result.Values[row] == 0)
            {
                SetNull(row);
            }
        }
    }

    /// <summary>The constant in units of the input, or null when no input can be equal to it.</summary>
    private static Int128? AtScale(BoundConstant constant, int scale)
    {
        int finer = constant.Type.Scale - scale;
        if (finer <= 0)
        {
            return Wide.TryMultiply(constant.Units, Decimals.PowerOfTen(-finer), out Int128 scaled) ? scaled : null;
        }

        (Int128 units, Int128 rest) = Int128.DivRem(constant.Units, Decimals.PowerOfTen(finer));
        return rest == 0 ? units : null;
    }

    private void FindValues(long[] values, int count)
    {
        if (_narrow.Length > MostToScan)
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = _hashed.Contains(values[row]) ? 1 : 0;
            }

            return;
        }

        Scan(values, _narrow, Result.Values, count);
    }

    [MethodImpl(Kernel.Hot)]
    private static void Scan(long[] values, long[] wanted, long[] result, int count)
    {
        ref long cells = ref MemoryMarshal.GetArrayDataReference(values);
        int row = 0;
        for (; row <= count - 4; row += 4)
        {
            Vector256<long> four = Vector256.LoadUnsafe(ref cells, (nuint)row);
            Vector256<long> found = default;
            foreach (long value in wanted)
            {
                found |= Vector256.Equals(four, Vector256.Create(value));
            }

            (found & Vector256<long>.One).StoreUnsafe(ref result[0], (nuint)row);
        }

        for (; row < count; row++)
        {
            result[row] = Array.IndexOf(wanted, values[row]) >= 0 ? 1 : 0;
        }
    }

    [MethodImpl(Kernel.Hot)]
    private void FindCodes(long[] codes, int count)
    {
        if (_generation != Context.Texts.Generation)
        {
            _generation = Context.Texts.Generation;
            int[] wanted = [.. _texts.Select(text => Context.Texts.Intern(text))];
            _codes = new bool[wanted.Length == 0 ? 0 : wanted.Max() + 1];
            foreach (int code in wanted)
            {
                _codes[code] = true;
            }
        }

        bool[] known = _codes;
        for (int row = 0; row < count; row++)
        {
            ulong code = (ulong)codes[row];
            Result.Values[row] = code < (ulong)known.Length && known[code] ? 1 : 0;
        }
    }
}
