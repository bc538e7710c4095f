using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Names a part of each date or timestamp that counts from 1, such as its weekday; each name becomes a text once.</summary>
internal sealed class MomentNameOperator<TPart>(EvaluationContext context, VectorOperator input, IReadOnlyList<string> names)
    : ComputedOperator(context, ColumnType.String, input)
    where TPart : struct, IMomentPart
{
    private readonly int[] _codes = new int[names.Count];
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

        bool isDate = Inputs[0].Type.Kind == ColumnKind.Date;
        long[] values = Inputs[0].Current.Values;
        for (int row = 0; row < count; row++)
        {
            // The cell of a null row means nothing, and must not make a text.
            Result.Values[row] = IsNull(row) ? 0 : CodeOf(isDate ? values[row] : Calendar.DayOf(values[row]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CodeOf(long day)
    {
        int place = (int)TPart.Of(day, 0) - 1;
        return _codes[place] >= 0 ? _codes[place] : MakeText(place);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int MakeText(int place) => _codes[place] = Context.Texts.Intern(names[place]);
}
