using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Draws one of a few values for each key. The values become texts when they are first drawn.</summary>
internal sealed class WeightedChoiceOperator(EvaluationContext context, VectorOperator key, WeightedChoice choice)
    : ComputedOperator(context, ColumnType.String, key)
{
    private readonly int[] _codes = new int[choice.Values.Count];
    private int _generation = -1;

    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        if (_generation != Context.Texts.Generation)
        {
            _generation = Context.Texts.Generation;
            Array.Fill(_codes, -1);
        }

        bool isText = Inputs[0].Type.Kind == ColumnKind.String;
        Vector keys = Inputs[0].Current;
        Span<byte> digits = stackalloc byte[40];
        for (int row = 0; row < count; row++)
        {
            if (IsNull(row))
            {
                Result.Values[row] = 0;
                continue;
            }

            int place;
            if (isText)
            {
                place = choice.Of(Context.Texts[(int)keys.Values[row]]);
            }
            else
            {
                keys.Get(row).TryFormat(digits, out int length, default, null);
                place = choice.Of(digits[..length]);
            }

            Result.Values[row] = _codes[place] >= 0 ? _codes[place] : MakeText(place);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int MakeText(int place) => _codes[place] = Context.Texts.Intern(choice.Values[place]);
}
