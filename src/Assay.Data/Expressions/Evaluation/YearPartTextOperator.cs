using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Writes the month or quarter of a date or timestamp as text, each text made once.</summary>
internal sealed class YearPartTextOperator(EvaluationContext context, VectorOperator input, YearPart part)
    : ComputedOperator(context, ColumnType.String, input)
{
    /// <summary>The slots of the cache, by the low bits of the day: eleven years in a row do not collide.</summary>
    private const int Slots = 4096;

    private readonly int[] _days = new int[Slots];
    private readonly int[] _codes = new int[Slots];
    private int _generation = -1;

    [MethodImpl(Kernel.Hot)]
    protected override void Fill(int count)
    {
        TakeNulls(count);
        if (_generation != Context.Texts.Generation)
        {
            _generation = Context.Texts.Generation;
            Array.Fill(_days, int.MinValue);
        }

        long[] values = Inputs[0].Current.Values;
        if (Inputs[0].Type.Kind == ColumnKind.Timestamp)
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = CodeOf(Calendar.DayOf(values[row]), row);
            }
        }
        else
        {
            for (int row = 0; row < count; row++)
            {
                Result.Values[row] = CodeOf(values[row], row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CodeOf(long day, int row)
    {
        int slot = (int)day & (Slots - 1);
        return _days[slot] == day ? _codes[slot] : MakeText(day, slot, row);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int MakeText(long day, int slot, int row)
    {
        // The cell of a null row means nothing, and must not make a text.
        if (IsNull(row))
        {
            return 0;
        }

        (int year, int month, _) = Calendar.Civil(day);
        Span<byte> text = stackalloc byte[7];
        text[0] = (byte)('0' + (year / 1000 % 10));
        text[1] = (byte)('0' + (year / 100 % 10));
        text[2] = (byte)('0' + (year / 10 % 10));
        text[3] = (byte)('0' + (year % 10));
        text[4] = (byte)'-';
        if (part == YearPart.Month)
        {
            text[5] = (byte)('0' + (month / 10));
            text[6] = (byte)('0' + (month % 10));
        }
        else
        {
            text[5] = (byte)'Q';
            text[6] = (byte)('1' + ((month - 1) / 3));
        }

        int code = Context.Texts.Intern(text);
        _days[slot] = (int)day;
        _codes[slot] = code;
        return code;
    }
}
